import { defineCheck } from "../check.ts";
import { contains, networkRange, regionRanges } from "../networks.ts";

export default defineCheck({
  id: "networks/subnet-outside-network",
  severity: "error",
  summary: "Subnets lie inside their cloud's network",
  why: "Firewall rules and routes are written for the network's range: nodes outside it would be cut off, and the cloud may refuse the subnet.",

  *run({ clouds }) {
    for (const cloud of clouds) {
      const network = networkRange(cloud);
      // Pods and Services may lie outside: they are routed inside the cloud alone.
      for (const { at, cidr, title } of regionRanges(cloud).filter(({ use }) => use === "nodes")) {
        if (contains(network.cidr, cidr)) continue;
        yield {
          at,
          message: `${cidr} (${title}) is not inside ${network.cidr}, the ${network.title}`,
          hint: "take a free part of the network, or widen the network",
          related: [{ at: network.at, message: "the network" }],
        };
      }
    }
  },
});
