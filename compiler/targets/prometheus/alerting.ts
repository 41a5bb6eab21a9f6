import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject } from "../../5-emit/kubernetes.ts";
import { promDuration } from "../../facts/queries.ts";
import type { Workload } from "../../topology/workloads.ts";

/** https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
export const alerting = ({ name, namespace, labels, team, alerts, service }: Workload): KubernetesObject =>
  kubernetesObject(
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      name,
      namespace,
      labels,
      source: service.source,
    },
    {
      spec: {
        groups: [
          {
            name,
            rules: alerts.map(({ name: alert, when, for: length, severity, summary, runbook }) => ({
              alert,
              expr: when,
              for: promDuration(length),
              labels: { severity, team: team.name, service: name },
              annotations: {
                summary: literal(summary),
                ...(runbook === undefined ? {} : { runbook_url: literal(runbook) }),
              },
            })),
          },
        ],
      },
    },
  );

/** Annotations are templates of Go's: what is written arrives as it is. */
const literal = (text: string): string => text.replaceAll("{{", '{{"{{"}}');
