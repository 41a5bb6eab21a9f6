import { registryAndRepository, type ChartImage } from "../../5-emit/chart-images.ts";
import type { ContributedAddon, Contribution } from "../../5-emit/target.ts";
import { NAMESPACES, selectorLabels, SLO_GATE } from "../../facts/names.ts";
import { API_SERVER, QUERIES, scraped } from "../../facts/network.ts";
import { groupBy } from "../../facts/placement.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import { DNS_SERVER, DNS_SERVER_PORT } from "./dns-fault.ts";
import { resources } from "../../5-emit/resources.ts";

const WEBHOOKS = "admissionregistration.k8s.io";

/** Chaos Mesh and what ends its experiments, on clusters where one is released. */
export function contribution({ clusters, workloads, resilience }: Topology): Contribution {
  const users = workloads.filter(({ experiments }) => experiments.length > 0);
  const byCluster = groupBy(users, ({ cluster }) => cluster.name);
  const used = clusters.filter(({ name }) => byCluster.has(name));
  const at = resilience.source;
  return {
    addons: used.flatMap((cluster) => chaosOf(cluster, byCluster.get(cluster.name)!)),
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

const chaosOf = (cluster: Cluster, workloads: readonly Workload[]): ContributedAddon[] => [
  {
    name: "chaos-mesh",
    cluster,
    namespace: NAMESPACES.chaos,
    stage: "controllers",
    chart: { repository: "https://charts.chaos-mesh.org", name: "chaos-mesh", version: "2.8.3" },
    images: [
      image("chaos-mesh", "controllerManager.image"),
      image("chaos-daemon", "chaosDaemon.image"),
      image("chaos-coredns", "dnsServer.image"),
    ],
    values: values(workloads.some(hasDnsFault)),
    serverSideApply: true,
    pods: { onEachNode: ["chaosDaemon"] },
    namespaceNeeds: {
      level: "privileged",
      reason: "chaos-daemon makes its faults from the node: privileged, as root, with paths of the node mounted",
    },
    network: network(workloads.filter(hasDnsFault)),
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
  {
    name: SLO_GATE.name,
    cluster,
    namespace: NAMESPACES.sloGate,
    stage: "workloads",
    libraryChart: "service",
    // Who may ask it is in its values, which know the pods that do.
    network: { asks: { pods: selectorLabels(SLO_GATE.name), reaches: [QUERIES] } },
  },
];

/** https://github.com/chaos-mesh/chaos-mesh/blob/v2.8.3/helm/chaos-mesh/templates/_helpers.tpl */
const image = (name: string, at: string): ChartImage => ({
  name: `ghcr.io/chaos-mesh/${name}`,
  values: [registryAndRepository(at)],
});

/** https://github.com/chaos-mesh/chaos-mesh/tree/v2.8.3/helm/chaos-mesh */
const values = (dnsServer: boolean) => ({
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
    create: dnsServer,
    resources: resources("50m", "128Mi"),
  },
});

const component = (name: string) => ({
  namespace: NAMESPACES.chaos,
  pods: { "app.kubernetes.io/component": name },
});
const CONTROLLER_MANAGER = component("controller-manager");
const CHAOS_DAEMON = component("chaos-daemon");

/**
 * The daemon, which may do anything on its node, obeys the controller alone, and opens no connections by itself.
 * https://github.com/chaos-mesh/chaos-mesh/tree/v2.8.3/helm/chaos-mesh/templates
 */
const network = (withDnsFault: readonly Workload[]): ContributedAddon["network"] => ({
  "controller-manager": {
    pods: CONTROLLER_MANAGER.pods,
    accepts: [{ from: "anywhere", ports: [10_250] }, scraped(10_080)],
    reaches: [
      API_SERVER,
      { to: CHAOS_DAEMON, ports: [31_767] },
      { to: { namespace: NAMESPACES.sloGate, pods: selectorLabels(SLO_GATE.name) }, ports: [SLO_GATE.port] },
      ...(withDnsFault.length === 0 ? [] : [{ to: DNS_SERVER, ports: [9288] }]),
    ],
  },
  daemon: { pods: CHAOS_DAEMON.pods, accepts: [scraped(31_766)] },
  ...(withDnsFault.length === 0
    ? {}
    : {
        "dns-server": {
          pods: DNS_SERVER.pods!,
          accepts: [
            ...withDnsFault.map(({ namespace, selector }) => ({
              from: { namespace, pods: selector },
              ports: [DNS_SERVER_PORT],
              udp: [DNS_SERVER_PORT],
            })),
            scraped(9153),
          ],
          reaches: [API_SERVER],
        },
      }),
});

const hasDnsFault = ({ experiments }: Workload): boolean => experiments.some(({ kind }) => kind === "dns-fault");
