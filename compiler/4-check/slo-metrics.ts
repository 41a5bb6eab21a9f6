import type { Slo } from "../topology/rollouts.ts";

/** Success rates and latencies are counted by the mesh's proxies; queries bring their own metrics. */
export const isCountedByMesh = ({ metric }: Slo): boolean => metric !== undefined && metric.kind !== "query";
