import type { Workload, WorkloadPort } from "../topology/workloads.ts";

/** How Prometheus gets at the metrics that the pods of workloads serve, and how the series of these are told apart. */

/**
 * Labels of pods that Prometheus copies to all of their series, those of the mesh's proxies and those of the application
 * (PodMonitor `podTargetLabels`): whose they are, as the charts select pods, and which version's, as Argo Rollouts labels
 * them.
 */
export const POD_LABELS = { workload: "app.kubernetes.io/name", version: "rollouts-pod-template-hash" } as const;

/** What Prometheus makes of a label's name: https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels */
export const seriesLabel = (label: string): string => label.replaceAll(/[^a-zA-Z0-9_]/g, "_");

/**
 * Where the agent beside a proxy tells the metrics of both, and of the application where the pod says its port. Plain
 * HTTP whatever the mesh asks of other ports.
 * https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
 */
export const AGENT = { port: 15_020, path: "/stats/prometheus" } as const;

/** Where a workload tells its own metrics. */
export interface OwnMetrics {
  port: WorkloadPort;
  path: string;
  /**
   * Who asks for them. In the mesh it is the agent in the same pod, over loopback, which hands them on with the proxy's:
   * under strict mutual TLS Prometheus, which is outside of the mesh, gets no answer from the port itself, and to except
   * the port would open it to everybody where it is the one that serves requests. Elsewhere Prometheus asks.
   * https://istio.io/latest/docs/ops/integrations/prometheus/#option-1-metrics-merging
   */
  by: "agent" | "prometheus";
}

/** Undefined for who tells none, and where it names no port of its own (`services/unknown-port`). */
export function ownMetrics({
  telemetry: { metrics },
  ports,
  meshed,
}: Pick<Workload, "telemetry" | "ports" | "meshed">): OwnMetrics | undefined {
  const port = ports.find(({ name }) => name === metrics?.port);
  return metrics === undefined || port === undefined
    ? undefined
    : { port, path: metrics.path, by: meshed ? "agent" : "prometheus" };
}

/** Ports of a workload's pods that Prometheus asks. */
export function scrapedPorts(workload: Pick<Workload, "telemetry" | "ports" | "meshed">): number[] {
  if (workload.meshed) return [AGENT.port];
  const metrics = ownMetrics(workload);
  return metrics === undefined ? [] : [metrics.port.targetPort];
}
