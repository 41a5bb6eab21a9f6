import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject, syncWave, type ObjectSpec } from "../../5-emit/kubernetes.ts";
import { seconds, type Duration } from "../../config/units.ts";
import { experimentName, NAMESPACES, selectorLabels, SLO_GATE } from "../../facts/names.ts";
import type { MeshFault } from "../../3-lower/resilience.ts";
import type { Workload } from "../../topology/workloads.ts";
import { meshFaultFilters } from "./mesh-fault-filters.ts";
import { LATEST_START, LOOK } from "./schedule.ts";
import { namespaced, tcp } from "./slo-gate.ts";
import { watchUrl, type Watch } from "./watch.ts";

/** Where runtime/http-fault answers. */
const PORT = 8080;
/** Seconds that the pod has to be scheduled, pulled and started in, and to look whether it may begin. */
const START = 120;

/**
 * An experiment that was ended early is a failed Job, by which Argo CD would call the service's Application degraded.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#ignoring-child-resource-health-check-in-applications
 */
const NOT_THE_SERVICE = { "argocd.argoproj.io/ignore-healthcheck": "true" };

/**
 * Labels of the pods that hold a fault open; not those of the workload, whose Service and policies must not take them
 * for its own.
 */
export const faultSelector = (workload: Workload, experiment: MeshFault): Record<string, string> =>
  selectorLabels(experimentName(workload.name, experiment.name));

/**
 * An `http-fault` on a meshed workload, where Chaos Mesh's own HTTPChaos and the sidecar would fight over the same
 * connections.
 *
 * An EnvoyFilter, always there, lets the sidecars of the workload ask for the experiment's share of the requests
 * whether a fault is on, and injects it if so. What answers is a pod that exists during the experiment alone: a Job of
 * runtime/http-fault, which begins when slo-gate says that all SLOs hold, and ends with the experiment's time or as
 * soon as one is broken. So the fault needs something that is alive; whatever becomes of that pod or its node, the
 * fault is over. Nothing here may change anything through the API.
 */
export function meshFault(
  workload: Workload,
  experiment: MeshFault,
  watched: readonly Watch[],
  image: string,
): KubernetesObject[] {
  const name = experimentName(workload.name, experiment.name);
  const { namespace } = workload;
  const selector = faultSelector(workload, experiment);
  const labels = {
    ...workload.labels,
    ...selector,
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/component": "chaos",
  };
  const object = (apiVersion: string, kind: string, body: Record<string, unknown>, over: Partial<ObjectSpec> = {}) =>
    kubernetesObject({ apiVersion, kind, name, namespace, labels, source: experiment.source, ...over }, body);
  return [
    object("v1", "Service", {
      spec: {
        selector,
        ports: [{ name: "http", port: PORT, targetPort: "http", protocol: "TCP", appProtocol: "http" }],
      },
    }),
    object("networking.istio.io/v1alpha3", "EnvoyFilter", envoyFilter(workload, experiment, name)),
    object("networking.k8s.io/v1", "NetworkPolicy", faultNetwork(workload, selector), { annotations: syncWave(-1) }),
    // Beside the workload's own policy, which knows its dependencies alone: policies add up.
    object("networking.k8s.io/v1", "NetworkPolicy", askingNetwork(workload, selector), {
      name: `${name}-asked`,
      annotations: syncWave(-1),
    }),
    object("batch/v1", "CronJob", cronJob(experiment, name, labels, watched, image), { annotations: NOT_THE_SERVICE }),
  ];
}

/**
 * Behind everything that authorises: who may not call gets no fault either.
 * https://istio.io/latest/docs/reference/config/networking/envoy-filter/
 */
function envoyFilter({ namespace, selector }: Workload, experiment: MeshFault, name: string) {
  const match = {
    context: "SIDECAR_INBOUND",
    listener: {
      filterChain: {
        filter: {
          name: "envoy.filters.network.http_connection_manager",
          subFilter: { name: "envoy.filters.http.router" },
        },
      },
    },
  };
  const filters = meshFaultFilters(experiment, {
    name,
    cluster: `outbound|${PORT}||${name}.${namespace}.svc.cluster.local`,
  });
  return {
    spec: {
      workloadSelector: { labels: { ...selector } },
      // After the patches of the mesh itself, so that the filter to insert before is there:
      // https://istio.io/latest/docs/reference/config/analysis/ist0151/
      priority: 10,
      configPatches: filters.map((value) => ({
        applyTo: "HTTP_FILTER",
        match,
        patch: { operation: "INSERT_BEFORE", value },
      })),
    },
  };
}

const faultNetwork = ({ namespace, selector: workload }: Workload, selector: object) => ({
  spec: {
    podSelector: { matchLabels: selector },
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      { from: [{ ...namespaced(namespace), podSelector: { matchLabels: { ...workload } } }], ports: [tcp(PORT)] },
    ],
    egress: [
      { to: [namespaced("kube-system")], ports: [{ port: 53, protocol: "UDP" }, tcp(53)] },
      {
        to: [{ ...namespaced(NAMESPACES.sloGate), podSelector: { matchLabels: selectorLabels(SLO_GATE.name) } }],
        ports: [tcp(SLO_GATE.port)],
      },
    ],
  },
});

const askingNetwork = ({ selector: workload }: Workload, selector: object) => ({
  spec: {
    podSelector: { matchLabels: { ...workload } },
    policyTypes: ["Egress"],
    egress: [{ to: [{ podSelector: { matchLabels: selector } }], ports: [tcp(PORT)] }],
  },
});

function cronJob(
  { schedule, duration }: MeshFault,
  name: string,
  labels: Record<string, string>,
  watched: readonly Watch[],
  image: string,
) {
  const time = Math.ceil(seconds(duration));
  return {
    spec: {
      schedule,
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: LATEST_START,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels },
        spec: {
          backoffLimit: 0, // an experiment that was ended is not begun again
          activeDeadlineSeconds: time + START,
          template: {
            metadata: { labels: { ...labels, "sidecar.istio.io/inject": "false" } },
            spec: {
              restartPolicy: "Never",
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              terminationGracePeriodSeconds: 5,
              securityContext: {
                runAsNonRoot: true,
                runAsUser: 65_532,
                runAsGroup: 65_532,
                seccompProfile: { type: "RuntimeDefault" },
              },
              containers: [
                {
                  name: "http-fault",
                  image,
                  imagePullPolicy: "IfNotPresent",
                  args: [
                    "--name",
                    name,
                    "--for",
                    milliseconds(duration),
                    "--every",
                    `${LOOK}s`,
                    "--listen",
                    `0.0.0.0:${PORT}`,
                    ...watched.flatMap((watch) => ["--watch", watchUrl(watch)]),
                  ],
                  ports: [{ name: "http", containerPort: PORT, protocol: "TCP" }],
                  // It listens once the fault may begin, and only a ready pod is an endpoint.
                  readinessProbe: { httpGet: { path: "/", port: "http" }, periodSeconds: 2, timeoutSeconds: 2 },
                  resources: {
                    requests: { cpu: "25m", memory: "96Mi", "ephemeral-storage": "16Mi" },
                    limits: { cpu: "250m", memory: "192Mi", "ephemeral-storage": "64Mi" },
                  },
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ["ALL"] },
                  },
                },
              ],
            },
          },
        },
      },
    },
  };
}

const milliseconds = (duration: Duration): string => `${Math.ceil(seconds(duration) * 1000)}ms`;
