import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesFile, kubernetesObject } from "../../5-emit/kubernetes.ts";
import { blockOf, isAddress } from "../../facts/destinations.ts";
import { NAMESPACES, platformLabels } from "../../facts/names.ts";
import { groupBy } from "../../facts/placement.ts";
import type { Addon } from "../../topology/addons.ts";
import type { External } from "../../topology/externals.ts";
import type { Topology } from "../../topology/index.ts";
import { POLICIES_ADDON } from "./contribution.ts";

/**
 * What is declared outside, told to the mesh of a cluster: requests to it are then counted by its name, and a sidecar knows
 * what is spoken there. One object for each host, since a second one for the same host would be left out:
 * https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export function externalsFile(topology: Topology, addon: Addon): Artifact[] {
  const called = callsOn(topology, addon.cluster).filter(({ external }) => isTold(external));
  const hosts = [...groupBy(called, ({ external }) => hostOf(external))].sort(([a], [b]) => (a < b ? -1 : 1));
  if (hosts.length === 0) return [];
  const objects = hosts.map(([host, calls]) => serviceEntry(topology, host, calls));
  return [kubernetesFile(`${addon.path}/manifests/externals.yaml`, objects, "externals")];
}

/** Something outside, and the namespace of a workload with a sidecar that calls it. */
interface Call {
  external: External;
  namespace: string;
}

const callsOn = ({ workloads }: Topology, cluster: string): Call[] =>
  workloads
    .filter((workload) => workload.cluster.name === cluster && workload.meshed)
    .flatMap(({ externals, namespace }) => externals.map(({ external }) => ({ external, namespace })));

/**
 * Without an address, what speaks plain TCP cannot be told from anything else at its port: its entry would take all of
 * that. The sidecar lets it through as it is.
 */
const isTold = (external: External): boolean => protocolOf(external) !== "TCP" || external.addresses.length > 0;

/** Hosts of the mesh are names. What has none of its own is never asked for by this one. */
const hostOf = ({ name, host }: External): string => (isAddress(host) ? `${name}.external` : host);

/** A TLS connection is known by the name that it asks for, which an address is not. */
function protocolOf({ host, protocol }: External): "TCP" | "TLS" | "HTTP" | "HTTP2" | "GRPC" {
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

function serviceEntry({ name: ecosystem }: Topology, host: string, calls: readonly Call[]): KubernetesObject {
  const externals = [...new Set(calls.map(({ external }) => external))].sort((a, b) => (a.name < b.name ? -1 : 1));
  const ports = new Map(externals.map((external) => [external.port, protocolOf(external)]));
  const [first] = externals;
  const addresses = [...new Set(externals.flatMap((external) => external.addresses.map(blockOf)))];
  // What is addressed goes where the caller has looked it up itself; the rest the sidecar looks up.
  const byAddress = isAddress(first!.host) || [...ports.values()].includes("TCP");
  return kubernetesObject(
    {
      apiVersion: "networking.istio.io/v1",
      kind: "ServiceEntry",
      name: first!.name,
      namespace: NAMESPACES.istio,
      labels: platformLabels(ecosystem, POLICIES_ADDON),
      source: first!.source,
    },
    {
      spec: {
        hosts: [host],
        ...(byAddress ? { addresses } : {}),
        exportTo: [...new Set(calls.map(({ namespace }) => namespace))].sort(),
        location: "MESH_EXTERNAL",
        resolution: byAddress ? "NONE" : "DNS",
        ports: [...ports].map(([number, protocol]) => ({
          number,
          name: `${protocol.toLowerCase()}-${number}`,
          protocol,
        })),
      },
    },
  );
}
