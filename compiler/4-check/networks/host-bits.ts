import ipaddr from "ipaddr.js";
import { rangeOf } from "../../3-lower/ranges.ts";
import { childPath } from "../../diagnostics/config-path.ts";
import { defineCheck } from "../check.ts";
import { networkRange, regionRanges } from "../networks.ts";

export default defineCheck({
  id: "networks/host-bits",
  severity: "error",
  summary: "Networks are written with their first address",
  why: "In 10.0.1.7/24 either the address or the length is a slip. Clouds refuse such a network, or silently take another one than was meant.",

  *run({ clouds, clusters }) {
    const written = [
      ...clouds.flatMap((cloud) => [networkRange(cloud), ...regionRanges(cloud).filter(({ written }) => written)]),
      ...clusters.flatMap(({ endpoint }) =>
        endpoint.authorizedNetworks.map((cidr, index) => ({
          at: childPath(`${endpoint.source}.authorizedNetworks`, index),
          cidr,
        })),
      ),
    ];
    for (const { at, cidr } of written) {
      const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
      const first = ipaddr.IPv4.networkAddressFromCIDR(cidr).toString();
      if (first === address.toString()) continue;
      yield {
        at,
        message: `${cidr} is an address inside a network of ${rangeOf(cidr)[1] - rangeOf(cidr)[0] + 1} addresses`,
        hint: `the network is ${first}/${prefix}`,
      };
    }
  },
});
