import { defineCheck } from "../check.ts";
import { takesPods } from "../../facts/node-pools.ts";

export default defineCheck({
  id: "pools/no-system-pool",
  severity: "error",
  summary: "A cluster of AKS has a pool that it can be made with",
  why: "AKS makes a cluster together with one pool that is never empty, is not spot and has no taint, for what the cluster itself needs. Without one, Terraform has nothing to make it with.",
  atBounds: true,

  *run({ clusters }) {
    for (const cluster of clusters) {
      const { name, source, nodePools, cloudKind, existing } = cluster;
      if (cloudKind !== "azure" || existing || !nodePools.some((pool) => takesPods(cluster, pool))) continue; // pools/none-takes-pods
      if (nodePools.some(({ spot, taints, min }) => !spot && taints.length === 0 && min > 0)) continue;
      yield {
        at: `${source}.nodePools`,
        message: `no pool of ${name} is without taints, not spot, and has \`min\` above 0 at the same time`,
        idea: "no pool of a cluster can be the one that AKS makes it with",
        hint: "give one of them all three, or add one",
      };
    }
  },
});
