import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesFile, kubernetesObject } from "../../5-emit/kubernetes.ts";
import { shared } from "../../5-emit/shared.ts";
import { placesOf } from "../../facts/addons.ts";
import { fieldAt } from "../../facts/differences.ts";
import { NAMESPACES, platformLabels } from "../../facts/names.ts";
import { promDuration } from "../../facts/queries.ts";
import type { Addon } from "../../topology/addons.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Target } from "../../5-emit/target.ts";
import { alerting } from "./alerting.ts";
import { ADDON, contribution } from "./contribution.ts";

const NAME = "istio-proxies";

/** What Prometheus scrapes beside the platform itself: the proxies, which count every request that an SLO is about. */
export default {
  name: "prometheus",
  summary:
    "PodMonitors: the mesh's proxies, with the label that tells a new version's pods from the old one's; alerts of services",
  provides: ["metrics"],
  contribute: contribution,
  emit: (topology) => {
    const once = shared<readonly KubernetesObject[]>();
    return [
      ...placesOf(topology, ADDON).map(({ addon, cluster }) => scraping(topology, addon, cluster)),
      ...topology.workloads
        .filter(({ alerts }) => alerts.length > 0)
        .map((workload) =>
          kubernetesFile(
            `${workload.path}/manifests/alerts.yaml`,
            once(workload.form, () => [alerting(workload)]),
            fieldAt(workload, "alerts"),
          ),
        ),
    ];
  },
} satisfies Target;

function scraping(topology: Topology, addon: Addon, cluster: Cluster): Artifact {
  const namespaces = [
    ...new Set(
      topology.workloads
        .filter(({ cluster: { name }, meshed }) => name === cluster.name && meshed)
        .map(({ namespace }) => namespace),
    ),
  ].sort();
  return kubernetesFile(
    `${addon.path}/manifests/pod-monitors.yaml`,
    [istioProxies(topology, namespaces)],
    topology.observability.metrics.source,
  );
}

/**
 * The agent's port merges the proxy's metrics with the application's own where the pod asks for that; it is no port of
 * the container, so the one that is tells which pods have a proxy, and its number is replaced.
 * https://istio.io/latest/docs/ops/integrations/prometheus/#option-2-customized-scraping-configurations
 */
function istioProxies({ name: ecosystem, observability: { metrics } }: Topology, namespaces: readonly string[]) {
  const { source, interval } = metrics;
  return kubernetesObject(
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      name: NAME,
      namespace: NAMESPACES.monitoring,
      labels: platformLabels(ecosystem, NAME),
      source,
    },
    {
      spec: {
        namespaceSelector: { matchNames: namespaces },
        selector: { matchLabels: { "security.istio.io/tlsMode": "istio" } },
        podTargetLabels: ["rollouts-pod-template-hash"], // analyses ask for one version's pods
        podMetricsEndpoints: [
          {
            port: "http-envoy-prom",
            path: "/stats/prometheus",
            interval: promDuration(interval),
            relabelings: [
              {
                action: "replace",
                sourceLabels: ["__meta_kubernetes_pod_ip"],
                regex: "(.+)",
                replacement: "$1:15020",
                targetLabel: "__address__",
              },
            ],
          },
        ],
      },
    },
  );
}
