import { NAMESPACES } from "../../facts/names.ts";
import type { Peer } from "../../topology/peer.ts";
import type { Workload } from "../../topology/workloads.ts";

/** Addresses that are never outside the platform: private (RFC 1918), shared (RFC 6598) and link-local ones. */
const NOT_OUTSIDE = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * Merged metrics of application and proxy:
 * https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
 */
const PROXY_METRICS_PORT = 15_020;

/**
 * Traffic that the config declares, and nothing else: callers in, dependencies and named hosts out, scraping in. DNS is
 * the chart's.
 */
export function networkPolicy({ calledBy, watchedBy, dependsOn, egress, telemetry, ports, meshed }: Workload) {
  const metrics = [
    ...(meshed ? [PROXY_METRICS_PORT] : []),
    ...ports.filter(({ name }) => name === telemetry.metrics?.port).map(({ targetPort }) => targetPort),
  ];
  const outside = [...new Set(egress.map(({ port }) => port))].sort((a, b) => a - b);
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
      ...(outside.length === 0
        ? []
        : [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: NOT_OUTSIDE } }], ports: outside.map(tcp) }]),
    ],
  };
}

const tcp = (port: number) => ({ port, protocol: "TCP" });
const open = ({ port, transport }: Peer["ports"][number]) => ({ port, protocol: transport });
const selectNamespace = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});
const selectPods = ({ namespace, selector }: Pick<Peer, "namespace" | "selector">) => ({
  ...selectNamespace(namespace),
  podSelector: { matchLabels: selector },
});
