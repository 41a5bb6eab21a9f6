import { takesPods } from "../../facts/node-pools.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/none-takes-pods",
  severity: "error",
  risk: true,
  summary: "Every cluster that is already there has a pool without repelling taints",
  why: "Add-ons and services without a `pool` carry no tolerations: where every pool has a `NoSchedule` or `NoExecute` taint, nothing ever starts. AKS puts one on the nodes of every spot pool by itself. Of a cluster that is made more is asked, see `pools/none-for-system`.",

  *run({ clusters }) {
    for (const cluster of clusters) {
      const { name, source, nodePools, existing } = cluster;
      if (!existing || nodePools.some((pool) => takesPods(cluster, pool))) continue;
      yield {
        at: `${source}.nodePools`,
        message:
          nodePools.length === 0
            ? `${name} has no node pool`
            : `every pool of ${name} has a taint that keeps pods away`,
        hint:
          cluster.cloudKind === "azure" && nodePools.some(({ spot }) => spot)
            ? "add a pool without taints and with `spot: false`: AKS taints spot nodes by itself"
            : "add a pool without taints",
      };
    }
  },
});
