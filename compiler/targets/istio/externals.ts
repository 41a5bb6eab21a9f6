import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesFile, kubernetesObject } from "../../5-emit/kubernetes.ts";
import { blockOf } from "../../facts/destinations.ts";
import { meshHostsOf, meshProtocolOf, type MeshHost } from "../../facts/mesh-hosts.ts";
import { NAMESPACES, platformLabels } from "../../facts/names.ts";
import type { Addon } from "../../topology/addons.ts";
import type { Topology } from "../../topology/index.ts";
import { POLICIES_ADDON } from "./contribution.ts";

/**
 * What is declared outside, told to the mesh of a cluster: requests to it are then counted by its name, and a sidecar knows
 * what is spoken there. One object for each host, since a second one for the same host would be left out:
 * https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export function externalsFile(topology: Topology, addon: Addon): Artifact[] {
  const hosts = meshHostsOf(topology, addon.cluster);
  if (hosts.length === 0) return [];
  const objects = hosts.map((host) => serviceEntry(topology, host));
  return [kubernetesFile(`${addon.path}/manifests/externals.yaml`, objects, "externals")];
}

function serviceEntry(
  { name: ecosystem }: Topology,
  { host, externals, namespaces, byAddress }: MeshHost,
): KubernetesObject {
  const ports = new Map(externals.map((external) => [external.port, meshProtocolOf(external)]));
  const [first] = externals;
  const addresses = [...new Set(externals.flatMap((external) => external.addresses.map(blockOf)))];
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
        exportTo: namespaces,
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
