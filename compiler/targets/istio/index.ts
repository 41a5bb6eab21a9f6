import { kubernetesFile, kubernetesObject } from "../../5-emit/kubernetes.ts";
import { placesOf } from "../../facts/addons.ts";
import { NAMESPACES, platformLabels } from "../../facts/names.ts";
import type { Topology } from "../../topology/index.ts";
import type { Target } from "../../5-emit/target.ts";
import { callsFile } from "./calls.ts";
import { externalsFile } from "./externals.ts";
import { destinationsFile } from "./destinations.ts";
import { contribution, POLICIES_ADDON } from "./contribution.ts";
import plainCaller from "./plain-caller.ts";
import proxyPort from "./proxy-port.ts";

/** What holds for the mesh of a cluster as a whole. */
export default {
  name: "istio",
  summary:
    "PeerAuthentication of each cluster's mesh: mutual TLS, strict or permissive; ServiceEntries of what is outside; how services call each other",
  checks: [plainCaller, proxyPort],
  provides: ["mesh"],
  contribute: contribution,
  emit: (topology) => [
    ...placesOf(topology, POLICIES_ADDON).flatMap(({ addon }) => [
      kubernetesFile(
        `${addon.path}/manifests/peer-authentication.yaml`,
        [peerAuthentication(topology)],
        topology.security.mesh.source,
      ),
      ...externalsFile(topology, addon),
    ]),
    ...(topology.security.mesh.enabled ? topology.workloads.flatMap(callsFile) : []),
    ...topology.workloads.flatMap((workload) => destinationsFile(topology, workload)),
  ],
} satisfies Target;

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
      labels: platformLabels(ecosystem, POLICIES_ADDON),
      source: `${mesh.source}.mtls`,
    },
    { spec: { mtls: { mode: mesh.mtls === "strict" ? "STRICT" : "PERMISSIVE" } } },
  );
}
