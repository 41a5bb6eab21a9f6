import { zoneCount } from "../../3-lower/clouds.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/fewer-than-zones",
  severity: "error",
  summary: "A pool of a highly available GKE cluster has room for a node in each zone, or starts empty",
  why: "GKE starts a pool with the same number of nodes in each zone. Where `max` is below the number of zones, that number would be none, and Terraform's module refuses the pool.",
  atBounds: true,

  *run({ clusters }) {
    for (const { name, cloudKind, highlyAvailable, existing, region, nodePools } of clusters) {
      if (cloudKind !== "gcp" || !highlyAvailable || existing) continue;
      const zones = zoneCount(region);
      for (const { name: pool, source, initial, max } of nodePools) {
        if (initial === 0 || max >= zones) continue;
        yield {
          at: `${source}.max`,
          message: `${pool} has at most ${max === 1 ? "one node" : `${max} nodes`}, and ${name} has ${zones} zones with as many in each`,
          hint: `raise it to ${zones}, or start the pool empty with \`initial: 0\` and \`min: 0\``,
        };
      }
    }
  },
});
