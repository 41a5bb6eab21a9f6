import type { Cloud } from "../../topology/clouds.ts";
import { defineCheck } from "../check.ts";
import { overlap, regionRanges, type Range } from "../networks.ts";

export default defineCheck({
  id: "networks/overlapping-cidrs",
  severity: "error",
  summary: "Ranges of nodes, pods and Services do not overlap within a cloud",
  why: "An address that two things have reaches one of them, and which one depends on the route. Clouds refuse most overlaps, often half way through an apply.",

  *run({ clouds }) {
    for (const cloud of clouds) {
      const ranges = regionRanges(cloud);
      for (const [index, range] of ranges.entries()) {
        const earlier = ranges
          .slice(0, index)
          .find((other) => overlap(other.cidr, range.cidr) && collide(cloud, other, range));
        if (earlier === undefined) continue;
        yield {
          at: range.at,
          message: `${range.cidr} (${range.title}) overlaps ${earlier.cidr} (${earlier.title})`,
          hint: hint(earlier, range),
          related: [{ at: earlier.at, message: earlier.title }],
        };
      }
    }
  },
});

/** Of two that were chosen, as by two branches, only people know which one clusters run with. */
function hint(earlier: Range, range: Range): string {
  if (earlier.written && range.written) return "give each a range of its own";
  const chosen = [earlier, range].filter(({ written }) => !written).map(({ at }) => at);
  return chosen.length === 1
    ? `give ${[earlier, range].find(({ written }) => written)!.at} another range; ${chosen[0]!} was chosen before and stays`
    : `choose anew for the one that is not applied yet: eco-compile upgrade --rechoose ${chosen[0]!}, or ${chosen[1]!}`;
}

/**
 * Service addresses are virtual and seen inside one cluster alone, so that two regions may have the same; on GCP they
 * are secondary ranges of one VPC, which may not: https://cloud.google.com/vpc/docs/subnets#valid-ranges
 */
const collide = ({ kind }: Cloud, a: Range, b: Range): boolean =>
  kind === "gcp" || a.use !== "services" || b.use !== "services";
