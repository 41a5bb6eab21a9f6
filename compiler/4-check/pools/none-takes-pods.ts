import { takesPods } from "../../facts/capacity.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/none-takes-pods",
  severity: "error",
  risk: true,
  summary: "Every cluster has a pool without repelling taints",
  why: "Services and add-ons carry no tolerations: where every pool has a `NoSchedule` or `NoExecute` taint, nothing ever starts.",

  *run({ clusters }) {
    for (const { name, source, nodePools } of clusters) {
      if (nodePools.some(takesPods)) continue;
      yield {
        at: `${source}.nodePools`,
        message:
          nodePools.length === 0
            ? `${name} has no node pool`
            : `every pool of ${name} has a taint that keeps pods away`,
        hint: "add a pool without taints",
      };
    }
  },
});
