import { poolLabel, poolOf, taintsOf } from "../../facts/node-pools.ts";
import { PRIORITIES } from "../../facts/priorities.ts";
import type { Workload } from "../../topology/workloads.ts";

interface Scheduling {
  priorityClassName?: string;
  nodeSelector?: Record<string, string>;
  tolerations?: object[];
}

/** What the scheduler is told of the pods: who gives way, and which nodes take them. */
export function scheduling(workload: Workload): Scheduling {
  const { priority } = workload.pods;
  return {
    ...(priority === undefined ? {} : { priorityClassName: PRIORITIES[priority].className }),
    ...nodesOf(workload),
  };
}

/** Those of the pool that the config names, with all that keeps other pods away from them. */
function nodesOf(workload: Workload): Pick<Scheduling, "nodeSelector" | "tolerations"> {
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
