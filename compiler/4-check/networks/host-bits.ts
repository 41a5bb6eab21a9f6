import ipaddr from "ipaddr.js";
import { childPath } from "../../diagnostics/config-path.ts";
import { blockOf, firstAddress, isAddress } from "../../facts/destinations.ts";
import { defineCheck } from "../check.ts";
import { outsideOf } from "../destinations.ts";
import { networkRange, regionRanges } from "../networks.ts";

export default defineCheck({
  id: "networks/host-bits",
  severity: "error",
  summary: "Networks are written with their first address",
  why: "In 10.0.1.7/24 either the address or the length is a slip. Clouds refuse such a network, or silently take another one than was meant.",

  *run(topology) {
    const { clouds, clusters } = topology;
    const written: { at: string; cidr: string }[] = [
      ...clouds.flatMap((cloud) => [networkRange(cloud), ...regionRanges(cloud).filter(({ written }) => written)]),
      ...clusters.flatMap(({ endpoint }) =>
        endpoint.authorizedNetworks.map((cidr, index) => ({
          at: childPath(`${endpoint.source}.authorizedNetworks`, index),
          cidr,
        })),
      ),
      ...outsideOf(topology).flatMap(({ at, host }) => (isAddress(host) ? [{ at, cidr: blockOf(host) }] : [])),
    ];
    for (const { at, cidr } of written) {
      const first = firstAddress(cidr);
      if (first === undefined) continue;
      const [address, prefix] = ipaddr.parseCIDR(cidr);
      yield {
        at,
        message: `${cidr} is an address inside a network${address.kind() === "ipv4" ? ` of ${2 ** (32 - prefix)} addresses` : ""}`,
        hint: `the network is ${first}/${prefix}`,
      };
    }
  },
});
