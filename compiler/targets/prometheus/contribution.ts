import { registryAndRepository, type ChartImage } from "../../5-emit/chart-images.ts";
import type { ContributedAddon, Contribution } from "../../5-emit/target.ts";
import { NAMESPACES } from "../../facts/names.ts";
import { API_SERVER, PROMETHEUS, scraped } from "../../facts/network.ts";
import type { Topology } from "../../topology/index.ts";
import type { Observability } from "../../topology/observability.ts";
import { promDuration } from "../../facts/queries.ts";
import { resources } from "../../5-emit/resources.ts";

export const ADDON = "prometheus";

export const contribution = ({ clusters, observability }: Topology): Contribution => ({
  addons: clusters.map((cluster) => ({
    name: ADDON,
    cluster,
    namespace: NAMESPACES.monitoring,
    stage: "metrics",
    chart: {
      repository: "https://prometheus-community.github.io/helm-charts",
      name: "kube-prometheus-stack",
      version: "88.5.3",
    },
    images: [
      {
        name: "quay.io/prometheus/prometheus",
        values: [
          registryAndRepository("prometheus.prometheusSpec.image"),
          // What the operator takes for objects of others that name no image.
          {
            registry: "prometheusOperator.prometheusDefaultBaseImageRegistry",
            repository: "prometheusOperator.prometheusDefaultBaseImage",
          },
        ],
      },
      image("quay.io/prometheus-operator/prometheus-operator", "prometheusOperator.image"),
      image(
        "quay.io/prometheus-operator/prometheus-config-reloader",
        "prometheusOperator.prometheusConfigReloader.image",
      ),
      image("registry.k8s.io/kube-state-metrics/kube-state-metrics", "kube-state-metrics.image"),
      image("ghcr.io/jkroepke/kube-webhook-certgen", "prometheusOperator.admissionWebhooks.patch.image"),
    ],
    values: values(observability),
    pods: { onEachNode: ["prometheus-node-exporter"], thatEnd: ["patch"] },
    serverSideApply: true,
    network: NETWORK,
  })),
});

const image = (name: string, at: string): ChartImage => ({ name, values: [registryAndRepository(at)] });

/**
 * Prometheus for analyses, slo-gate and whoever asks. Whatever says PodMonitor, ServiceMonitor or PrometheusRule is
 * taken in, whichever namespace it is in.
 * https://github.com/prometheus-community/helm-charts/tree/kube-prometheus-stack-88.5.3/charts/kube-prometheus-stack
 */
const values = ({ metrics }: Observability) => ({
  fullnameOverride: "prometheus",
  // Alert routes and dashboards are not compiled: what would be installed sends to nobody, and asks for a password that
  // a chart has made.
  alertmanager: { enabled: false },
  grafana: { enabled: false },
  nodeExporter: { enabled: false }, // wants the node's network, processes and disks; the kubelet measures nodes as well
  // Run by the cloud, and not to be reached.
  kubeControllerManager: { enabled: false },
  kubeEtcd: { enabled: false },
  kubeScheduler: { enabled: false },
  kubeProxy: { enabled: false },
  coreDns: { enabled: false },
  "kube-state-metrics": { resources: resources("50m", "128Mi") },
  prometheusOperator: {
    resources: resources("50m", "256Mi"),
    prometheusConfigReloader: { resources: resources("10m", "64Mi") },
    admissionWebhooks: { patch: { resources: resources("10m", "64Mi") } },
  },
  prometheus: {
    prometheusSpec: {
      replicas: 1,
      scrapeInterval: promDuration(metrics.interval),
      evaluationInterval: promDuration(metrics.interval),
      retention: promDuration(metrics.retention),
      retentionSize: "45GB", // before the disk is full
      resources: resources("500m", "2Gi"),
      podMonitorSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      ruleSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
      serviceMonitorSelectorNilUsesHelmValues: false,
      storageSpec: {
        volumeClaimTemplate: {
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "50Gi" } } }, // of the default class
        },
      },
    },
  },
});

/** Monitors name any port of any pod, so Prometheus reaches all of them; who may ask it says so itself. */
const NETWORK: ContributedAddon["network"] = {
  server: {
    pods: PROMETHEUS.pods!,
    accepts: [scraped(9090, 8080)], // itself, and what reloads its configuration
    reaches: [
      { to: "every-pod" },
      { to: "anywhere", ports: [443, 10_250] }, // the API server's metrics, and those of the kubelets
    ],
  },
  operator: {
    pods: { "app.kubernetes.io/component": "prometheus-operator" },
    accepts: [{ from: "anywhere", ports: [10_250] }], // its webhook, and its metrics
    reaches: [API_SERVER],
  },
  "kube-state-metrics": {
    pods: { "app.kubernetes.io/name": "kube-state-metrics" },
    accepts: [scraped(8080, 8081)], // the cluster's state, and its own
    reaches: [API_SERVER],
  },
  // Jobs that make the webhook's certificate.
  admission: { pods: { "app.kubernetes.io/component": "prometheus-operator-webhook" }, reaches: [API_SERVER] },
};
