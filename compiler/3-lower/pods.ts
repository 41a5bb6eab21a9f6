import type { ServiceFields } from "../config/model/services.ts";
import { seconds, type Duration } from "../config/units.ts";
import type { Pods } from "../topology/pods.ts";
import type { Workload } from "../topology/workloads.ts";

/** How the pods of a service run, where `gracePeriod` is known. */
export function lowerPods(kind: Workload["kind"], config: ServiceFields, gracePeriod: Duration): Pods {
  const drain = config.drain ?? (kind === "job" ? undefined : defaultDrain(gracePeriod));
  return {
    ...(drain === undefined ? {} : { drain }),
  };
}

/** Half of the time that a pod has is its own, whatever it is. */
const defaultDrain = (gracePeriod: Duration): Duration => `${Math.min(5, Math.floor(seconds(gracePeriod) / 2))}s`;
