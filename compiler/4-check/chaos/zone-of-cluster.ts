import type { Region } from "../../topology/clouds.ts";
import { defineCheck } from "../check.ts";
import { experimentUsers } from "../experiment-users.ts";
import { list } from "../../facts/placement.ts";

export default defineCheck({
  id: "chaos/zone-of-cluster",
  severity: "error",
  risk: true,
  summary: "A zone outage names a zone of a cluster that its services run on",
  why: "In a zone that nothing runs in, nothing goes away: the experiment passes without having tested anything.",

  *run(topology) {
    for (const [experiment, users] of experimentUsers(topology)) {
      if (experiment.kind !== "zone-outage") continue;
      const regions = [...new Set(users.map(({ cluster }) => cluster.region))];
      if (regions.length === 0 || regions.some((region) => hasZone(region, experiment.zone))) continue;
      yield {
        at: `${experiment.source}.zone`,
        message: `${experiment.name}: none of its services runs in ${experiment.zone}`,
        hint: `they run in ${list(regions.map(({ name, zones }) => (zones.length === 0 ? `${name} (zones ${name}-...)` : list(zones))))}`,
      };
    }
  },
});

/** GCP chooses the zones of a region by itself where none are named. */
const hasZone = ({ name, zones }: Region, zone: string): boolean =>
  zones.length === 0 ? zone.startsWith(`${name}-`) : zones.includes(zone);
