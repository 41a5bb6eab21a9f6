import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject } from "../../5-emit/kubernetes.ts";
import { fieldAt } from "../../facts/differences.ts";
import { promDuration } from "../../facts/queries.ts";
import { ownMetrics, POD_LABELS } from "../../facts/scrapes.ts";
import type { Observability } from "../../topology/observability.ts";
import type { Workload } from "../../topology/workloads.ts";

/** What queries tell series apart by, beside `namespace` and `pod`, which the operator puts on each. */
export const COPIED: readonly string[] = Object.values(POD_LABELS);

/** Where a workload says that it has metrics. */
export const metricsAt = (workload: Workload): string => fieldAt(workload, "telemetry", "metrics");

/**
 * What a workload outside of the mesh tells of itself: the pods of that name which have the port, as long as they run.
 * https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor
 */
export function podMonitor(workload: Workload, { interval }: Observability["metrics"]): KubernetesObject {
  const { name, namespace, labels, selector } = workload;
  const { port, path } = ownMetrics(workload)!;
  return kubernetesObject(
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      name,
      namespace,
      labels,
      source: metricsAt(workload),
    },
    {
      spec: {
        selector: { matchLabels: selector },
        podTargetLabels: COPIED,
        podMetricsEndpoints: [{ port: port.name, path, interval: promDuration(interval) }],
      },
    },
  );
}
