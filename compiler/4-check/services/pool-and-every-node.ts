import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "services/pool-and-every-node",
  severity: "error",
  summary: "A daemon is on the nodes of its pool, or on all",
  why: "`pool` names the only nodes that its pods may be on, with their taints; `everyNode` means those of every pool. Whichever counted, the other would silently not happen.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, pods } = workload;
      if (pods.pool === undefined || !pods.everyNode) continue;
      yield {
        at: fieldAt(workload, "everyNode"),
        message: `${name} asks for the pool ${pods.pool}, and for every node`,
        idea: "a pool and every node are asked for",
        hint: "take one of the two out",
        related: [{ at: fieldAt(workload, "pool"), message: "pool" }],
      };
    }
  },
});
