import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "networks/zone-without-part",
  severity: "error",
  summary: "A region's range has a part for each of its zones",
  why: "On AWS a region's range is cut into equal parts once, one for each zone and the last for what is public. Cutting it anew replaces every subnet, with the nodes and load balancers in them.",

  *run({ clouds }) {
    for (const { name, source, zones, subnet } of clouds.flatMap(({ regions }) => regions)) {
      const { parts } = subnet;
      if (parts === undefined) continue;
      const without = zones.filter((zone) => parts.of[zone]! >= parts.count - 1);
      if (without.length === 0) continue;
      yield {
        at: `${source}.zones`,
        message: `${subnet.cidr} is cut into ${parts.count} parts, the last for what is public: none is left for ${without.join(" and ")}`,
        hint: `use ${parts.count - 1} zones in ${name}, or cut the range anew, which replaces all of its subnets: eco-compile upgrade --rechoose ${subnet.source}.parts`,
      };
    }
  },
});
