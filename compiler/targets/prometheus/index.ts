import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesFile, kubernetesObject } from "../../5-emit/kubernetes.ts";
import { shared } from "../../5-emit/shared.ts";
import { placesOf } from "../../facts/addons.ts";
import { fieldAt } from "../../facts/differences.ts";
import { NAMESPACES, platformLabels } from "../../facts/names.ts";
import { promDuration } from "../../facts/queries.ts";
import { AGENT, ownMetrics } from "../../facts/scrapes.ts";
import type { Addon } from "../../topology/addons.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import type { Target } from "../../5-emit/target.ts";
import { alerting } from "./alerting.ts";
import { ADDON, contribution } from "./contribution.ts";
import { COPIED, metricsAt, podMonitor } from "./metrics.ts";

const NAME = "istio-proxies";

/** What Prometheus scrapes beside the platform itself: the proxies, which count every request that an SLO is about. */
export default {
  name: "prometheus",
  summary:
    "PodMonitors: the mesh's proxies and what services tell of themselves, with the labels that tell whose and which version's; alerts of services",
  provides: ["metrics"],
  contribute: contribution,
  emit: (topology) => [
    ...placesOf(topology, ADDON).map(({ addon, cluster }) => scraping(topology, addon, cluster)),
    ...besideWorkloads(topology, {
      file: "metrics",
      has: (workload) => ownMetrics(workload)?.by === "prometheus",
      make: (workload) => podMonitor(workload, topology.observability.metrics),
      at: metricsAt,
    }),
    ...besideWorkloads(topology, {
      file: "alerts",
      has: ({ alerts }) => alerts.length > 0,
      make: alerting,
      at: (workload) => fieldAt(workload, "alerts"),
    }),
  ],
} satisfies Target;

interface Beside {
  /** Its name among the manifests, without the suffix. */
  file: string;
  has: (workload: Workload) => boolean;
  make: (workload: Workload) => KubernetesObject;
  /** Where the config says it. */
  at: (workload: Workload) => string;
}

/** A file with one object beside each workload that has it. */
function besideWorkloads({ workloads }: Topology, { file, has, make, at }: Beside): Artifact[] {
  const once = shared<readonly KubernetesObject[]>();
  return workloads.filter(has).map((workload) =>
    kubernetesFile(
      `${workload.path}/manifests/${file}.yaml`,
      once(workload.form, () => [make(workload)]),
      at(workload),
    ),
  );
}

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
 *
 * The agent asks proxy and application in the formats that it is asked in, and writes their pages one after the other
 * behind its own, which is text. So text is all that is asked for: a page in two formats cannot be read, and the series
 * of the proxy would be gone with the application's. https://github.com/istio/istio/issues/60322
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
        podTargetLabels: COPIED,
        scrapeProtocols: ["PrometheusText0.0.4"],
        podMetricsEndpoints: [
          {
            port: "http-envoy-prom",
            path: AGENT.path,
            interval: promDuration(interval),
            relabelings: [
              {
                action: "replace",
                sourceLabels: ["__meta_kubernetes_pod_ip"],
                regex: "(.+)",
                replacement: `$1:${AGENT.port}`,
                targetLabel: "__address__",
              },
            ],
          },
        ],
      },
    },
  );
}
