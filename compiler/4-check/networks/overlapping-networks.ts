import { defineCheck } from "../check.ts";
import { networkRange, overlap } from "../networks.ts";

export default defineCheck({
  id: "networks/overlapping-networks",
  severity: "warning",
  summary: "Networks of different clouds do not overlap",
  why: "As long as they do, the clouds can never be connected by VPN or interconnect, and changing a network's range later means to rebuild all of it.",

  *run({ clouds }) {
    const networks = clouds.map(networkRange);
    for (const [index, network] of networks.entries()) {
      const earlier = networks.slice(0, index).find((other) => overlap(other.cidr, network.cidr));
      if (earlier === undefined) continue;
      yield {
        at: network.at,
        message: `${network.cidr} (${network.title}) overlaps ${earlier.cidr} (${earlier.title})`,
        hint: "give each cloud a range of its own",
        related: [{ at: earlier.at, message: earlier.title }],
      };
    }
  },
});
