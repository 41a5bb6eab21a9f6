import { poolLabel, poolOf, taintsOf } from "../../facts/node-pools.ts";
import type { Workload } from "../../topology/workloads.ts";

/** Which nodes take the pods: those of the pool that the config names, with all that keeps other pods away from them. */
export function scheduling(workload: Workload): { nodeSelector?: Record<string, string>; tolerations?: object[] } {
  const { cluster } = workload;
  const pool = poolOf(workload);
  if (pool === undefined) return {};
  const tolerations = taintsOf(cluster, pool).map(({ key, value, effect }) => ({
    key,
    operator: "Equal",
    value,
    effect,
  }));
  return {
    nodeSelector: { [poolLabel(cluster)]: pool.name },
    ...(tolerations.length === 0 ? {} : { tolerations }),
  };
}
