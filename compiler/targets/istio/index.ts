import type { Artifact } from "../../5-emit/artifact.ts";
import { kubernetesFile, kubernetesObject } from "../../5-emit/kubernetes.ts";
import { NAMESPACES, platformLabels } from "../../facts/names.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Target } from "../../5-emit/target.ts";
import plainCaller from "./plain-caller.ts";

/** The add-on whose folder the objects go into; after istiod's, whose webhook judges them. */
const ADDON = "istio-policies";

/** What holds for the mesh of a cluster as a whole. */
export default {
  name: "istio",
  summary: "PeerAuthentication of each cluster's mesh: mutual TLS, strict or permissive",
  consumes: ["name", "security.mesh.mtls"],
  checks: [plainCaller],
  emit: (topology) => topology.clusters.flatMap((cluster) => meshPolicies(topology, cluster)),
} satisfies Target;

function meshPolicies(topology: Topology, cluster: Cluster): Artifact[] {
  const addon = cluster.addons.find(({ name }) => name === ADDON);
  return addon === undefined
    ? []
    : [
        kubernetesFile(
          `${addon.path}/manifests/peer-authentication.yaml`,
          [peerAuthentication(topology)],
          topology.security.mesh.source,
        ),
      ];
}

/**
 * In the root namespace it holds for the whole mesh:
 * https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
function peerAuthentication({ name: ecosystem, security: { mesh } }: Topology) {
  return kubernetesObject(
    {
      apiVersion: "security.istio.io/v1",
      kind: "PeerAuthentication",
      name: "default",
      namespace: NAMESPACES.istio,
      labels: platformLabels(ecosystem, ADDON),
      source: `${mesh.source}.mtls`,
    },
    { spec: { mtls: { mode: mesh.mtls === "strict" ? "STRICT" : "PERMISSIVE" } } },
  );
}
