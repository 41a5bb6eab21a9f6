import type { Artifact } from "../../5-emit/artifact.ts";
import { NAMESPACES, PROMETHEUS_PORT, PROMETHEUS_URL, SLO_GATE, SOURCE_ANNOTATION } from "../../facts/names.ts";
import { PROMETHEUS } from "../../facts/network.ts";
import { promDuration, sloQuery, WATCH_REQUESTS, watchWindow } from "../../facts/queries.ts";
import type { Addon } from "../../topology/addons.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import { imageOf } from "./images.ts";
import type { ChaosMeshOptions } from "./options.ts";
import type { Watch } from "./watch.ts";

/** Who beside Chaos Mesh asks slo-gate: pods that hold faults of the mesh open. */
export interface Asker {
  namespace: string;
  selector: Readonly<Record<string, string>>;
}

/**
 * The configuration of slo-gate: every SLO that an experiment on the cluster is aborted by.
 * schemas/runtime/slo-gate.schema.json
 */
function sloGateConfig({ observability }: Pick<Topology, "observability">, watched: readonly Watch[]) {
  const window = watchWindow(observability);
  const services: Record<string, { slos: Record<string, object> }> = {};
  const inOrder = [...watched].sort(
    (a, b) => compare(`${a.namespace}/${a.service}`, `${b.namespace}/${b.service}`) || compare(a.entry, b.entry),
  );
  for (const { namespace, service, entry, slo, selector } of inOrder) {
    const { query, comparison, threshold } = sloQuery(slo, { selector, window, minimumRequests: WATCH_REQUESTS });
    const { slos } = (services[`${namespace}/${service}`] ??= { slos: {} });
    slos[entry] = { query, comparison: comparison === ">=" ? "gte" : "lte", threshold, window: promDuration(window) };
  }
  // Well below the time that a status check waits, and as fresh as two of them in a row.
  return { prometheus: { url: PROMETHEUS_URL, timeout: "3s", cacheFor: "1s" }, services };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Values of the `service` chart for slo-gate on one cluster. What it needs of a pod is in runtime/slo-gate/README.md.
 */
export function sloGateValues(
  topology: Topology,
  { addon, cluster }: { addon: Addon; cluster: Cluster },
  watched: readonly Watch[],
  askers: readonly Asker[],
  options: ChaosMeshOptions,
): Artifact {
  const { name, port } = SLO_GATE;
  const prometheus = { ...namespaced(PROMETHEUS.namespace), podSelector: { matchLabels: PROMETHEUS.pods } };
  const data = {
    name,
    team: "platform",
    partOf: topology.name,
    component: "chaos",
    annotations: { [SOURCE_ANNOTATION]: topology.resilience.source },
    image: { ...imageOf(topology, { name, cluster }, options.sloGate), pullPolicy: "IfNotPresent" },
    args: ["--config", "/etc/slo-gate/config.json", "--listen", `0.0.0.0:${port}`],
    config: {
      mountPath: "/etc/slo-gate",
      files: { "config.json": `${JSON.stringify(sloGateConfig(topology, watched), null, 2)}\n` },
    },
    resources: {
      requests: { cpu: "25m", memory: "128Mi", "ephemeral-storage": "16Mi" },
      limits: { cpu: "250m", memory: "192Mi", "ephemeral-storage": "64Mi" },
    },
    serviceAccount: { name, annotations: {}, automountServiceAccountToken: false },
    security: { runAsUser: 65_532, runAsGroup: 65_532, fsGroup: 65_532 },
    terminationGracePeriodSeconds: 20,
    mesh: { enabled: false }, // as its callers are not: strict mTLS would refuse them
    networkPolicy: {
      ingress: [
        {
          from: [{ ...namespaced(NAMESPACES.chaos), podSelector: { matchLabels: CONTROLLER_MANAGER } }],
          ports: [tcp(port)],
        },
        { from: [prometheus], ports: [tcp(port)] }, // its metrics
        ...askers.map(({ namespace, selector }) => ({
          from: [{ ...namespaced(namespace), podSelector: { matchLabels: { ...selector } } }],
          ports: [tcp(port)],
        })),
      ],
      egress: [{ to: [prometheus], ports: [tcp(PROMETHEUS_PORT)] }],
    },
    replicas: 2, // a status check that finds nobody ends its experiment
    ports: [{ name: "http", port, targetPort: port, protocol: "http" }],
    services: [{ name }],
    probes: {
      liveness: { httpGet: { path: "/healthz", port: "http" }, periodSeconds: 10, timeoutSeconds: 2 },
      readiness: { httpGet: { path: "/readyz", port: "http" }, periodSeconds: 5, timeoutSeconds: 2 },
    },
    topologySpread: { zone: "ScheduleAnyway", host: "ScheduleAnyway" },
    podDisruptionBudget: { maxUnavailable: 1 },
    rollout: { enabled: false },
  };
  return {
    path: `${addon.path}/values.yaml`,
    body: { kind: "values", chart: "service", name, data },
    source: topology.resilience.source,
  };
}

/**
 * Who makes status checks:
 * https://github.com/chaos-mesh/chaos-mesh/blob/v2.8.3/helm/chaos-mesh/templates/controller-manager-deployment.yaml
 */
const CONTROLLER_MANAGER = { "app.kubernetes.io/component": "controller-manager" };

export const namespaced = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});
export const tcp = (port: number) => ({ port, protocol: "TCP" });
