import { ENOUGH_ZONES, zoneCount } from "../../3-lower/clouds.ts";
import type { Region } from "../../topology/clouds.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "clusters/zones",
  severity: "error",
  summary:
    "A highly available cluster, and every network on AWS, has at least three zones, and the network no more than seven",
  why: "With two zones, the loss of one can take the majority of everything that votes with it: the control plane, and every store that runs on the nodes. A network on AWS is divided over its zones once and for all, into four or eight parts of which one is public, and the module refuses fewer than three zones or more than seven.",

  *run({ clouds, clusters }) {
    for (const { kind, network, regions } of clouds) {
      if (kind !== "aws" || network.existing) continue;
      for (const region of regions.filter((region) => lacksZones(region) || region.zones.length > MOST_ZONES)) {
        yield {
          at: `${region.source}.zones`,
          message: `the network of ${region.name} is divided over three to ${MOST_ZONES} zones, and the region has ${words(region)}`,
          hint: "name three zones, or take a region that has them",
        };
      }
    }
    for (const { name, source, highlyAvailable, existing, region } of clusters) {
      if (!highlyAvailable || existing || !lacksZones(region)) continue;
      yield {
        at: `${region.source}.zones`,
        message: `${name} is highly available, and ${region.name} has ${words(region)}`,
        idea: `highly available, and ${region.name} has ${words(region)}`,
        hint: "name three zones or take a region that has them, or set `highlyAvailable: false` on the cluster",
        related: [{ at: source, message: name }],
      };
    }
  },
});

/** Eight parts, of which the last is public: `zones` of terraform-modules/aws/network/variables.tf. */
const MOST_ZONES = 7;

/** Zones that nobody knows are clusters/zones-unknown's. */
const lacksZones = (region: Region): boolean => region.zonesFrom !== "nowhere" && zoneCount(region) < ENOUGH_ZONES;

const words = ({ zones: { length } }: Region): string =>
  length === 0 ? "no zones" : length === 1 ? "one zone" : `${length} zones`;
