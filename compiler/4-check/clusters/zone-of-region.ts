import { childPath } from "../../diagnostics/config-path.ts";
import type { CloudKind } from "../../config/model/clouds.ts";
import { list } from "../../facts/placement.ts";
import { zonesOf } from "../../facts/tables/zones.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "clusters/zone-of-region",
  severity: "error",
  summary: "Zones are there in their region, and each is named once",
  why: "The cloud refuses a zone of another region or one that does not exist, as ca-central-1c, and a zone named twice does not make a cluster survive the loss of it.",

  *run({ clouds }, { zones: table }) {
    for (const { kind, regions } of clouds) {
      for (const { name, source, zones, zonesFrom } of regions) {
        if (zonesFrom !== "config") continue;
        const known = zonesOf(table(), kind, name);
        for (const [index, zone] of zones.entries()) {
          const at = childPath(`${source}.zones`, index);
          if (!(known?.includes(zone) ?? isZone[kind](name, zone)))
            yield { at, message: `${zone} is no zone of ${name}`, hint: hint(known, example[kind](name)) };
          else if (zones.indexOf(zone) < index)
            yield { at, message: `${zone} is named twice`, hint: "name another zone, or take it out" };
        }
      }
    }
  },
});

/** Names of zones, for regions that the table does not have. Local Zones of AWS have longer names and hold no node groups of a regional cluster. */
const isZone: Record<CloudKind, (region: string, zone: string) => boolean> = {
  gcp: (region, zone) => zone.startsWith(region) && /^-[a-z]$/.test(zone.slice(region.length)),
  aws: (region, zone) => zone.startsWith(region) && /^[a-z]$/.test(zone.slice(region.length)),
  azure: (_, zone) => /^[1-3]$/.test(zone),
};
const example: Record<CloudKind, (region: string) => string> = {
  gcp: (region) => `${region}-b`,
  aws: (region) => `${region}a`,
  azure: () => "1, 2 and 3",
};

const hint = (known: readonly string[] | undefined, example: string): string => {
  if (known === undefined) return `zones of it are called ${example}`;
  return known.length === 0 ? "the region has none: take `zones` out" : `it has ${list(known)}`;
};
