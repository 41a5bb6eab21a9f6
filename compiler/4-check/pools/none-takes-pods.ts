import { takesPods } from "../../facts/capacity.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/none-takes-pods",
  severity: "error",
  risk: true,
  summary: "Every cluster that is already there has a pool without repelling taints",
  why: "Services and add-ons carry no tolerations: where every pool has a `NoSchedule` or `NoExecute` taint, nothing ever starts. Of a cluster that is made more is asked, see `pools/none-for-system`.",

  *run({ clusters }) {
    for (const { name, source, nodePools, existing } of clusters) {
      if (!existing || nodePools.some(takesPods)) continue;
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
