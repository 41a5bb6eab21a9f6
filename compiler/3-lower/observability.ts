import type { Ecosystem } from "../config/model/ecosystem.ts";
import { fraction } from "../config/units.ts";
import type { Observability } from "../topology/observability.ts";
import { entries } from "./resolve.ts";

export function lowerObservability({ observability }: Ecosystem): Observability {
  const { metrics, traces, logs, alertRoutes } = observability ?? {};
  return {
    source: "observability",
    metrics: {
      source: "observability.metrics",
      interval: metrics?.interval ?? "30s",
      retention: metrics?.retention ?? "15d",
    },
    traces: {
      source: "observability.traces",
      sampling: fraction(traces?.sampling ?? "1%"),
      retention: traces?.retention ?? "7d",
    },
    logs: { source: "observability.logs", retention: logs?.retention ?? "30d" },
    alertRoutes: entries(alertRoutes, "observability.alertRoutes").map(({ name, value, source }) => ({
      name,
      source,
      kind: value.kind,
      to: value.to,
    })),
  };
}
