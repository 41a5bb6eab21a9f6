import { fewestParts } from "../../facts/subnet-parts.ts";
import { prefixOf } from "../../3-lower/ranges.ts";
import type { CloudKind } from "../../config/model/clouds.ts";
import type { Region } from "../../topology/clouds.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "networks/subnet-size",
  severity: "error",
  summary: "The range of a region is as large as its cloud's networks and their parts can be",
  why: "On AWS and Azure the range of a region is a network of its own, cut into parts, and no part may be smaller than the cloud's smallest subnet. The Terraform modules refuse others, since a range cannot be changed later without a rebuild.",

  *run({ clouds }) {
    for (const { kind, network, regions } of clouds) {
      if (network.existing) continue;
      for (const { name, subnet, zones } of regions) {
        const { widest, narrowest } = sizes[kind]({ subnet, zones });
        const prefix = prefixOf(subnet.cidr);
        if (prefix >= widest && prefix <= narrowest) continue;
        yield {
          at: `${subnet.source}.cidr`,
          message: `${subnet.cidr} is too ${prefix < widest ? "wide" : "narrow"} for ${name}: ${kind} takes /${widest} to /${narrowest} here`,
          hint: `choose a range from /${widest} to /${narrowest}`,
        };
      }
    }
  },
});

type Sizes = (region: Pick<Region, "subnet" | "zones">) => { widest: number; narrowest: number };

/** `cidr` of the modules that make networks: terraform-modules/aws/network/variables.tf and its like. */
const sizes: Record<CloudKind, Sizes> = {
  // https://cloud.google.com/vpc/docs/subnets#limitations
  gcp: () => ({ widest: 4, narrowest: 29 }),
  // A VPC is /16 at most and a subnet /28 at least: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html.
  // What is public is cut once more, into as many.
  aws: ({ subnet, zones }) => ({
    widest: 16,
    narrowest: 28 - 2 * Math.log2(subnet.parts?.count ?? fewestParts(zones.length)),
  }),
  // Below a /24 the parts for runners and endpoints would be smaller than the /29 that Azure allows.
  azure: () => ({ widest: 8, narrowest: 24 }),
};
