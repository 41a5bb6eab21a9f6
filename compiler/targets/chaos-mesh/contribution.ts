import type { ContributedAddon, Contribution } from "../../5-emit/target.ts";
import { NAMESPACES, SLO_GATE } from "../../facts/names.ts";
import { groupBy } from "../../facts/placement.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Experiment } from "../../topology/resilience.ts";
import { resources } from "../../5-emit/resources.ts";

const WEBHOOKS = "admissionregistration.k8s.io";

/** Chaos Mesh and what ends its experiments, on clusters where one is released. */
export function contribution({ clusters, workloads, resilience }: Topology): Contribution {
  const users = workloads.filter(({ experiments }) => experiments.length > 0);
  const byCluster = groupBy(users, ({ cluster }) => cluster.name);
  const used = clusters.filter(({ name }) => byCluster.has(name));
  const at = resilience.source;
  return {
    addons: used.flatMap((cluster) =>
      chaosOf(
        cluster,
        byCluster.get(cluster.name)!.flatMap(({ experiments }) => experiments),
      ),
    ),
    needs:
      used.length === 0
        ? []
        : [
            { word: "metrics", at, what: "slo-gate, which ends experiments," },
            { word: "admission", at, what: "what annotates the Workflows of experiments" },
          ],
    clusterKinds: [
      { group: WEBHOOKS, kind: "MutatingWebhookConfiguration" },
      { group: WEBHOOKS, kind: "ValidatingWebhookConfiguration" },
      { group: "mutations.gatekeeper.sh", kind: "AssignMetadata" },
    ],
  };
}

const chaosOf = (cluster: Cluster, experiments: readonly Experiment[]): ContributedAddon[] => [
  {
    name: "chaos-mesh",
    cluster,
    namespace: NAMESPACES.chaos,
    stage: "controllers",
    chart: { repository: "https://charts.chaos-mesh.org", name: "chaos-mesh", version: "2.8.3" },
    values: values(experiments),
    serverSideApply: true,
    pods: { onEachNode: ["chaosDaemon"] },
    namespaceNeeds: {
      level: "privileged",
      reason: "chaos-daemon makes its faults from the node: privileged, as root, with paths of the node mounted",
    },
    workloadKinds: [
      { group: "chaos-mesh.org", kind: "Schedule" },
      { group: "networking.istio.io", kind: "EnvoyFilter" }, // HTTP faults of the mesh
    ],
    // The chart draws new certificates, and restarts everything for them, whenever it is rendered.
    liveFields: [
      { group: "", kind: "Secret", paths: [".data"] },
      { group: "apps", kind: "Deployment", paths: [".spec.template.metadata.annotations.rollme"] },
      { group: "apps", kind: "DaemonSet", paths: [".spec.template.metadata.annotations.rollme"] },
      { group: WEBHOOKS, kind: "MutatingWebhookConfiguration", paths: [".webhooks[]?.clientConfig.caBundle"] },
      { group: WEBHOOKS, kind: "ValidatingWebhookConfiguration", paths: [".webhooks[]?.clientConfig.caBundle"] },
    ],
  },
  // Its image is one of our own, which is nowhere until somebody has built and pushed it.
  { name: SLO_GATE.name, cluster, namespace: NAMESPACES.sloGate, stage: "workloads", libraryChart: "service" },
];

/** https://github.com/chaos-mesh/chaos-mesh/tree/v2.8.3/helm/chaos-mesh */
const values = (experiments: readonly Experiment[]) => ({
  enableProfiling: false,
  controllerManager: {
    replicaCount: 2,
    // Faults reach those namespaces alone that ask for it: the `namespaces` target annotates the ones with experiments.
    enableFilterNamespace: true,
    resources: resources("50m", "256Mi"),
  },
  chaosDaemon: {
    // All three clouds run containerd, with its socket where containerd puts it.
    runtime: "containerd",
    socketPath: "/run/containerd/containerd.sock",
    resources: resources("50m", "512Mi"),
  },
  // Experiments are compiled and Argo CD shows them: nobody needs a second way to start one. Where a patch turns it on,
  // it asks for a token.
  dashboard: { create: false, securityMode: true },
  dnsServer: {
    create: experiments.some(({ kind }) => kind === "dns-fault"),
    resources: resources("50m", "128Mi"),
  },
});
