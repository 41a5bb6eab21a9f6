import { zoneCount } from "../../3-lower/clouds.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "clusters/zones",
  severity: "error",
  summary: "A highly available cluster has at least three zones",
  why: "With two zones, the loss of one can take the majority of everything that votes with it: the control plane, and every store that runs on the nodes.",

  *run({ clusters }) {
    for (const { name, source, highlyAvailable, existing, region } of clusters) {
      if (!highlyAvailable || existing || zoneCount(region) >= 3) continue;
      yield {
        at: `${region.source}.zones`,
        message: `${name} is highly available, and ${region.name} has ${region.zones.length === 1 ? "one zone" : `${region.zones.length} zones`}`,
        idea: `highly available, and ${region.name} has ${region.zones.length === 1 ? "one zone" : `${region.zones.length} zones`}`,
        hint: "name three zones, or set `highlyAvailable: false` on the cluster",
        related: [{ at: source, message: name }],
      };
    }
  },
});
