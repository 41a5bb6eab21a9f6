import type { Delay } from "../config/units.ts";

/** How and where the pods of a workload run. */
export interface Pods {
  /** Wait before SIGTERM; of a job only where the config says so all the same. */
  drain?: Delay;
}
