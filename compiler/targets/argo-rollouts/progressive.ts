import type { ProgressiveStrategy } from "../../topology/rollouts.ts";
import type { Workload } from "../../topology/workloads.ts";

export type ProgressiveWorkload = Workload & { strategy: ProgressiveStrategy };

/** Workloads whose new versions come step by step. */
export const isProgressive = (workload: Workload): workload is ProgressiveWorkload =>
  workload.strategy.kind !== "rolling";
