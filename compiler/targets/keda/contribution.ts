import { registryAndRepository, type ChartImage } from "../../5-emit/chart-images.ts";
import type { ContributedAddon, Contribution } from "../../5-emit/target.ts";
import { KEDA_OPERATOR, NAMESPACES } from "../../facts/names.ts";
import { API_SERVER, QUERIES, scraped } from "../../facts/network.ts";
import { groupBy, onePerForm } from "../../facts/placement.ts";
import { fieldAt } from "../../facts/differences.ts";
import type { Reached } from "../../topology/addons.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { BrokerTrigger, Trigger } from "../../topology/scaling.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import { resources } from "../../5-emit/resources.ts";

/** The release whose schemas the compiler holds ScaledObjects to. */
const KEDA = "2.20.2";

const WEBHOOKS = "admissionregistration.k8s.io";
const APIS = "apiregistration.k8s.io";

/** Whether something beside CPU and memory says how many pods a workload has. */
export const isTriggered = ({ scaling }: Workload): boolean => scaling.triggers.length > 0 && !scaling.fixed;

/** KEDA, on clusters where a workload has triggers. */
export function contribution(topology: Topology): Contribution {
  const byCluster = groupBy(topology.workloads.filter(isTriggered), ({ cluster }) => cluster.name);
  const used = topology.clusters.filter(({ name }) => byCluster.has(name));
  return {
    addons: used.map((cluster) => kedaOf(cluster, byCluster.get(cluster.name)!)),
    needs: onePerForm(topology)
      .filter(({ scaling }) => scaling.triggers.some(({ kind }) => kind === "prometheus"))
      .map((workload) => ({
        word: "metrics",
        at: fieldAt(workload, "scaling", "triggers"),
        what: `the trigger of ${workload.name} that asks Prometheus`,
      })),
    clusterKinds: [
      { group: APIS, kind: "APIService" },
      { group: WEBHOOKS, kind: "ValidatingWebhookConfiguration" },
    ],
  };
}

const kedaOf = (cluster: Cluster, workloads: readonly Workload[]): ContributedAddon => ({
  name: "keda",
  cluster,
  namespace: NAMESPACES.keda,
  stage: "controllers",
  chart: { repository: "https://kedacore.github.io/charts", name: "keda", version: KEDA },
  images: [
    image("keda", "image.keda"),
    image("keda-metrics-apiserver", "image.metricsApiServer"),
    image("keda-admission-webhooks", "image.webhooks"),
  ],
  values: values(),
  serverSideApply: true, // the CRD of ScaledJobs is too long for an annotation
  workloadKinds: [
    { group: "keda.sh", kind: "ScaledObject" },
    { group: "keda.sh", kind: "TriggerAuthentication" },
  ],
  // The operator draws the certificates by itself and tells the API server whom to trust.
  liveFields: [
    { group: APIS, kind: "APIService", paths: [".spec.caBundle"] },
    { group: WEBHOOKS, kind: "ValidatingWebhookConfiguration", paths: [".webhooks[]?.clientConfig.caBundle"] },
  ],
  network: network(workloads.flatMap(({ scaling }) => scaling.triggers)),
});

const image = (name: string, at: string): ChartImage => ({
  name: `ghcr.io/kedacore/${name}`,
  values: [registryAndRepository(at)],
});

/** https://github.com/kedacore/charts/tree/v2.20.2/keda */
const values = () => ({
  image: { pullPolicy: "IfNotPresent" }, // a release's tags do not move
  operator: { replicaCount: 2 },
  metricsServer: { replicaCount: 2 },
  webhooks: { replicaCount: 2, failurePolicy: "Fail" },
  podDisruptionBudget: {
    operator: { maxUnavailable: 1 },
    metricServer: { maxUnavailable: 1 },
    webhooks: { maxUnavailable: 1 },
  },
  // What it scales, and no other kind: the default lets it change every kind that can be scaled.
  rbac: {
    scaledRefKinds: [
      { apiGroup: "apps", kind: "deployments" },
      { apiGroup: "argoproj.io", kind: "rollouts" },
    ],
  },
  prometheus: {
    operator: { enabled: true, serviceMonitor: { enabled: true } },
    metricServer: { enabled: true, serviceMonitor: { enabled: true } },
    webhooks: { enabled: true, serviceMonitor: { enabled: true } },
  },
  resources: {
    operator: resources("100m", "256Mi"),
    metricServer: resources("100m", "128Mi"),
    webhooks: resources("20m", "64Mi"),
  },
});

const component = (name: string) => ({ app: name });

/**
 * The operator alone asks for figures; what answers the autoscaler gets them from it.
 * https://github.com/kedacore/charts/tree/v2.20.2/keda/templates
 */
const network = (triggers: readonly Trigger[]): ContributedAddon["network"] => ({
  operator: {
    pods: KEDA_OPERATOR.selector,
    accepts: [scraped(8080)],
    reaches: [
      API_SERVER,
      ...(triggers.some(({ kind }) => kind === "prometheus") ? [QUERIES] : []),
      ...brokers(triggers.filter((trigger) => "brokers" in trigger)),
    ],
  },
  "metrics-apiserver": {
    pods: component("keda-operator-metrics-apiserver"),
    accepts: [{ from: "anywhere", ports: [6443] }, scraped(8080)], // the API server asks it, at an address that no selector knows
    reaches: [API_SERVER, { to: { namespace: NAMESPACES.keda, pods: KEDA_OPERATOR.selector }, ports: [9666] }],
  },
  webhooks: {
    pods: component("keda-admission-webhooks"),
    accepts: [{ from: "anywhere", ports: [9443] }, scraped(8080)],
    reaches: [API_SERVER],
  },
});

/** Brokers that are services stand in the cluster; the addresses of others are not known. */
function brokers(triggers: readonly BrokerTrigger[]): Reached[] {
  const outside = triggers
    .flatMap(({ brokers }) => brokers.filter(({ service }) => service === undefined))
    .map(({ address }) => Number(address.slice(address.lastIndexOf(":") + 1)));
  const inside = triggers.flatMap(({ brokers }) => brokers.flatMap(({ peer }) => (peer === undefined ? [] : [peer])));
  return [
    ...(outside.length === 0
      ? []
      : [{ to: "anywhere" as const, ports: [...new Set(outside)].sort((one, other) => one - other) }]),
    ...new Map(
      inside.map((peer): [string, Reached] => [
        `${peer.namespace} ${peer.name} ${peer.ports.map(({ port }) => port).join(" ")}`,
        { to: { namespace: peer.namespace, pods: peer.selector }, ports: peer.ports.map(({ port }) => port) },
      ]),
    ).values(),
  ];
}
