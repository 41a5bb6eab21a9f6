import { childPath } from "../../diagnostics/config-path.ts";
import type { CloudName } from "../../topology/clouds.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "clusters/zone-of-region",
  severity: "error",
  summary: "Zones belong to their region, and each is named once",
  why: "The cloud refuses a zone of another region, and a zone named twice does not make a cluster survive the loss of it.",

  *run({ clouds }) {
    for (const { name: cloud, regions } of clouds) {
      for (const { name, source, zones } of regions) {
        for (const [index, zone] of zones.entries()) {
          const at = childPath(`${source}.zones`, index);
          if (!isZone[cloud](name, zone))
            yield {
              at,
              message: `${zone} is no zone of ${name}`,
              hint: `zones of it are called ${example[cloud](name)}`,
            };
          else if (zones.indexOf(zone) < index)
            yield { at, message: `${zone} is named twice`, hint: "name another zone, or take it out" };
        }
      }
    }
  },
});

/** Local Zones of AWS have longer names and hold no node groups of a regional cluster. */
const isZone: Record<CloudName, (region: string, zone: string) => boolean> = {
  gcp: (region, zone) => zone.startsWith(region) && /^-[a-z]$/.test(zone.slice(region.length)),
  aws: (region, zone) => zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length)),
  azure: (_, zone) => /^[1-9]$/.test(zone),
};
const example: Record<CloudName, (region: string) => string> = {
  gcp: (region) => `${region}-b`,
  aws: (region) => `${region}a`,
  azure: () => "1, 2 and 3",
};
