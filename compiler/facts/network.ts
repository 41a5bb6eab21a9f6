import type { Accepted, PodsOf, Reached } from "../topology/addons.ts";
import { NAMESPACES, PROMETHEUS_PORT } from "./names.ts";

/** Ends of connections that several add-ons have, in words that need no other target. */

/**
 * The API server. All three clouds have it on 443 (https://kubernetes.io/docs/concepts/security/controlling-access/), at
 * an address that is not known when this is compiled, and whether a network looks at that of the Service or at the one
 * behind it is left open (https://kubernetes.io/docs/concepts/services-networking/network-policies/). A block of
 * addresses would be narrower in appearance alone: Cilium does not count nodes and the API server among these
 * (https://docs.cilium.io/en/stable/network/kubernetes/policy/).
 */
export const API_SERVER: Reached = { to: "anywhere", ports: [443] };

/** Pods of Prometheus, as its operator labels them. */
export const PROMETHEUS: PodsOf = {
  namespace: NAMESPACES.monitoring,
  pods: { "app.kubernetes.io/name": "prometheus" },
};

/** Asks Prometheus. */
export const QUERIES: Reached = { to: PROMETHEUS, ports: [PROMETHEUS_PORT] };

/** Prometheus takes metrics from these ports. */
export const scraped = (...ports: number[]): Accepted => ({ from: PROMETHEUS, ports });

/** Labels of namespaces that sidecars are injected into. */
export const MESHED_NAMESPACE: Readonly<Record<string, string>> = { "istio-injection": "enabled" };

/** HTTPS, and the ports that repositories of git and of charts are read from. */
export const gitPorts = (...urls: readonly string[]): number[] =>
  [...new Set([443, ...urls.map(portOf)])].sort((a, b) => a - b);

/** `git@host:path` is ssh, as scp writes it. */
function portOf(url: string): number {
  const [, scheme = "ssh", port] = /^([a-z]+):\/\/(?:[^/@]*@)?[^/:]*(?::(\d+))?/.exec(url) ?? [];
  return port === undefined ? STANDARD_PORT[scheme]! : Number(port);
}

const STANDARD_PORT: Readonly<Record<string, number>> = { https: 443, oci: 443, http: 80, ssh: 22 };
