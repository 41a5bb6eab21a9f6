import type { CloudKind } from "../../config/model/clouds.ts";
import type { NodePool } from "../../topology/clusters.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/none-for-system",
  severity: "error",
  summary: "A cluster that is made has a pool on which the cloud's own pods always run",
  why: "DNS, the metrics server and the drivers of volumes have to run somewhere, and they come with no tolerations: one pool has no taints at all and never fewer than one node. AKS wants it on demand, too. The Terraform modules refuse every other set of pools, as the clouds do in the middle of an apply.",
  atBounds: true,

  *run({ clusters }) {
    for (const { name, source, cloudKind, nodePools, existing } of clusters) {
      if (existing || nodePools.some((pool) => isHome(cloudKind, pool))) continue;
      const wanted = `${cloudKind === "azure" ? "`spot: false`, " : ""}no taints and \`min\` of 1 or more`;
      yield {
        at: `${source}.nodePools`,
        message:
          nodePools.length === 0
            ? `${name} has no node pool`
            : `no pool of ${name} is there for the cloud's own pods: ${nodePools.map((pool) => `${pool.name} ${whyNot(cloudKind, pool)}`).join(", ")}`,
        hint: `give it a pool with ${wanted}`,
      };
    }
  },
});

const isHome = (cloud: CloudKind, pool: NodePool): boolean => whyNot(cloud, pool) === undefined;

/** Why the cloud's own pods cannot count on a pool, if they cannot. */
function whyNot(cloud: CloudKind, { spot, min, taints }: NodePool): string | undefined {
  if (taints.length > 0) return "has taints";
  if (min < 1) return "may be empty";
  return cloud === "azure" && spot ? "is spot" : undefined;
}
