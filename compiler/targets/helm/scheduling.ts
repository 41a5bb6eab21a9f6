import { poolLabel, poolOf, poolsOf, taintsOf } from "../../facts/node-pools.ts";
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

/** Those of the pool that the config names, or all, with what keeps other pods away from them. */
function nodesOf(workload: Workload): Pick<Scheduling, "nodeSelector" | "tolerations"> {
  const { cluster, pods } = workload;
  const pool = poolOf(workload);
  if (pool === undefined && !pods.everyNode) return {};
  const tolerations = tolerationsOf(workload);
  return {
    ...(pool === undefined ? {} : { nodeSelector: { [poolLabel(cluster)]: pool.name } }),
    ...(tolerations.length === 0 ? {} : { tolerations }),
  };
}

/** One for each taint of its pools, and none for those by which a node or an agent says that it is not ready. */
function tolerationsOf(workload: Workload): object[] {
  const { cluster } = workload;
  const taints = poolsOf(workload).flatMap((pool) => taintsOf(cluster, pool));
  const each = new Map(taints.map((taint) => [`${taint.key}=${taint.value}:${taint.effect}`, taint]));
  return [...each.values()].map(({ key, value, effect }) => ({ key, operator: "Equal", value, effect }));
}
