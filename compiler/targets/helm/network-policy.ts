import { AZURE_HOST, blockOf, isAddress } from "../../facts/destinations.ts";
import { NAMESPACES } from "../../facts/names.ts";
import { scrapedPorts } from "../../facts/scrapes.ts";
import type { Peer } from "../../topology/peer.ts";
import type { Workload } from "../../topology/workloads.ts";

/**
 * Addresses that no name opens: private (RFC 1918), shared (RFC 6598) and link-local ones, and on Azure the one at which it
 * hands its machines their settings and keys.
 */
const notOutside = ({ cluster: { cloudKind } }: Workload): string[] => [
  "10.0.0.0/8",
  "100.64.0.0/10",
  ...(cloudKind === "azure" ? [AZURE_HOST] : []),
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
];

/**
 * Traffic that the config declares, and nothing else: callers in, dependencies and named hosts out, scraping in. DNS is
 * the chart's.
 */
export function networkPolicy(workload: Workload) {
  const { calledBy, watchedBy, dependsOn, externals, egress } = workload;
  const outside = [
    ...egress.map(({ host, port }) => ({ port, addresses: isAddress(host) ? [host] : [] })),
    ...externals.map(({ external: { port, addresses } }) => ({ port, addresses })),
  ];
  const named = [...new Set(outside.filter(({ addresses }) => addresses.length === 0).map(({ port }) => port))];
  const metrics = scrapedPorts(workload);
  return {
    ingress: [
      ...[...calledBy, ...watchedBy].map((peer) => ({ from: [selectPods(peer)], ports: peer.ports.map(open) })),
      ...(metrics.length === 0 ? [] : [{ from: [selectNamespace(NAMESPACES.monitoring)], ports: metrics.map(tcp) }]),
    ],
    egress: [
      ...dependsOn.flatMap(({ peer }) =>
        peer === undefined ? [] : [{ to: [selectPods(peer)], ports: peer.ports.map(open) }],
      ),
      // Names cannot be matched here; what lies outside is closed by port, and never opens a private address.
      ...(named.length === 0
        ? []
        : [
            {
              to: [{ ipBlock: { cidr: "0.0.0.0/0", except: notOutside(workload) } }],
              ports: named.sort((a, b) => a - b).map(tcp),
            },
          ]),
      ...outside
        .filter(({ addresses }) => addresses.length > 0)
        .map(({ port, addresses }) => ({
          to: addresses.map((address) => ({ ipBlock: { cidr: blockOf(address) } })),
          ports: [tcp(port)],
        })),
    ],
  };
}

const open = ({ port, transport }: Peer["ports"][number]) => ({ port, protocol: transport });
const tcp = (port: number) => open({ port, transport: "TCP" });
const selectNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});
const selectPods = ({ namespace, selector }: Pick<Peer, "namespace" | "selector">) => ({
  ...selectNamespace(namespace),
  podSelector: { matchLabels: selector },
});
