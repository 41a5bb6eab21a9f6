import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "slos/not-scraped",
  severity: "error",
  risk: true,
  summary: "Who promises an SLO with a query of its own says where its metrics are",
  why: "The query counts series that the service's own pods tell, and Prometheus takes in those of `telemetry.metrics` alone. Without it there is never a series: a gate never passes, and an experiment is aborted as soon as it begins.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, kind, telemetry, slos } = workload;
      if (telemetry.metrics !== undefined) continue;
      for (const [index, slo] of slos.entries()) {
        if (slo.metric?.kind !== "query") continue;
        yield {
          at: fieldAt(workload, "slos", index),
          message: `${slo.name} counts metrics of the service's own, and nobody scrapes ${name}`,
          idea: `${slo.name} counts metrics of the service's own, and nobody scrapes it`,
          hint: `say where they are, as telemetry: { metrics: { port: "http" } }${kind === "job" ? ", with the port among the job's `ports`" : ""}`,
          related: [{ at: slo.source, message: slo.name }],
        };
      }
    }
  },
});
