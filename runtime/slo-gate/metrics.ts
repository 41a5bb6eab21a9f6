import { Counter, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { Objective } from "./config.ts";
import type { Answer, Judgement } from "./judge.ts";

export interface Metrics {
  registry: Registry;
  judged: (objective: Objective, judgement: Judgement) => void;
  asked: (answer: Answer, seconds: number) => void;
  responded: (route: string, code: number) => void;
}

/** Labels only take values from the configuration, the reasons and the routes: the number of series is fixed. */
export function metrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const judgements = new Counter({
    name: "slo_gate_judgements_total",
    help: "Judgements by their outcome: ok, or the reason why not",
    labelNames: ["service", "slo", "outcome"],
    registers: [registry],
  });
  const queries = new Histogram({
    name: "slo_gate_prometheus_query_duration_seconds",
    help: "Time until Prometheus answered, waiting for a turn included",
    labelNames: ["outcome"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const responses = new Counter({
    name: "slo_gate_http_responses_total",
    help: "Responses by route and status code",
    labelNames: ["route", "code"],
    registers: [registry],
  });
  return {
    registry,
    judged: ({ service, slo }, { reason = "ok" }) => judgements.inc({ service, slo, outcome: reason }),
    asked: (answer, seconds) => queries.observe({ outcome: answer.kind === "failed" ? answer.reason : "ok" }, seconds),
    responded: (route, code) => responses.inc({ route, code }),
  };
}
