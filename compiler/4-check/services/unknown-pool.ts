import { didYouMean } from "../../diagnostics/suggest.ts";
import { fieldAt } from "../../facts/differences.ts";
import { poolOf } from "../../facts/node-pools.ts";
import { groupBy, list } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "services/unknown-pool",
  severity: "error",
  summary: "The pool of a service is one of each cluster that it runs on",
  why: "No node has the label of a pool that is not there: the pods stay pending for ever, and no autoscaler can help.",

  *run({ workloads }) {
    const lacking = workloads.filter((workload) => workload.pods.pool !== undefined && poolOf(workload) === undefined);
    for (const [workload, ...others] of groupBy(lacking, ({ form }) => form).values()) {
      const { name, pods, cluster } = workload!;
      const there = cluster.nodePools.map((pool) => pool.name);
      const clusters = list([cluster.name, ...others.map((other) => other.cluster.name)]);
      yield {
        at: fieldAt(workload!, "pool"),
        message: `${name} asks for the pool ${pods.pool}, which ${clusters} ${others.length === 0 ? "does" : "do"} not have`,
        idea: `there is no pool called ${pods.pool}`,
        hint:
          didYouMean(pods.pool!, there) ??
          `the pools of ${cluster.name} are ${list(there)}; what differs between clusters stands in \`on\``,
        related: [{ at: `${cluster.source}.nodePools`, message: `the pools of ${cluster.name}` }],
      };
    }
  },
});
