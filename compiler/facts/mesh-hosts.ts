import type { External } from "../topology/externals.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";
import { isAddress } from "./destinations.ts";
import { groupBy } from "./placement.ts";

/** A host outside that the mesh of a cluster is told of, since a workload with a sidecar calls it. */
export interface MeshHost {
  /** What the mesh knows it by. */
  host: string;
  /** What is declared at it and called, by name. */
  externals: readonly External[];
  /** Where its callers are. */
  namespaces: readonly string[];
  /** The sidecar lets a connection go where the caller has looked it up itself; all else it looks up, and chooses an address. */
  byAddress: boolean;
}

/** How the mesh sees what is spoken at something outside. */
export type MeshProtocol = "TCP" | "TLS" | "HTTP" | "HTTP2" | "GRPC";

/** The hosts outside that the mesh of a cluster is told of, in the order of their names. */
export function meshHostsOf({ workloads }: Pick<Topology, "workloads">, cluster: string): readonly MeshHost[] {
  const known = hostsOf.get(workloads) ?? new Map<string, readonly MeshHost[]>();
  hostsOf.set(workloads, known);
  let hosts = known.get(cluster);
  if (hosts === undefined) known.set(cluster, (hosts = hostsOn(workloads, cluster)));
  return hosts;
}
const hostsOf = new WeakMap<readonly Workload[], Map<string, readonly MeshHost[]>>();

function hostsOn(workloads: readonly Workload[], cluster: string): MeshHost[] {
  const calls = workloads
    .filter((workload) => workload.cluster.name === cluster && workload.meshed)
    .flatMap(({ externals, namespace }) => externals.map(({ external }) => ({ external, namespace })))
    .filter(({ external }) => isTold(external));
  return [...groupBy(calls, ({ external }) => meshHostOf(external))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([host, calls]): MeshHost => {
      const externals = [...new Set(calls.map(({ external }) => external))].sort((a, b) => (a.name < b.name ? -1 : 1));
      return {
        host,
        externals,
        namespaces: [...new Set(calls.map(({ namespace }) => namespace))].sort(),
        byAddress: isAddress(externals[0]!.host) || externals.some((external) => meshProtocolOf(external) === "TCP"),
      };
    });
}

/**
 * Without an address, what speaks plain TCP cannot be told from anything else at its port: its entry would take all of
 * that. The sidecar lets it through as it is.
 */
const isTold = (external: External): boolean => meshProtocolOf(external) !== "TCP" || external.addresses.length > 0;

/** Hosts of the mesh are names. What has none of its own is never asked for by this one. */
export const meshHostOf = ({ name, host }: External): string => (isAddress(host) ? `${name}.external` : host);

/** A TLS connection is known by the name that it asks for, which an address is not. */
export function meshProtocolOf({ host, protocol }: External): MeshProtocol {
  switch (protocol) {
    case "tcp":
      return "TCP";
    case "https":
      return isAddress(host) ? "TCP" : "TLS";
    case "http":
      return "HTTP";
    case "http2":
      return "HTTP2";
    case "grpc":
      return "GRPC";
  }
}
