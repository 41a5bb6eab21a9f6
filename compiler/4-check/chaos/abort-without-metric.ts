import { childPath } from "../../diagnostics/config-path.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "chaos/abort-without-metric",
  severity: "error",
  risk: true,
  summary: "Every experiment is aborted by an SLO that is measured",
  why: "An experiment that nothing can stop is an outage. The gate answers from an SLO's metric; without one it has nothing to ask.",

  *run({ resilience }) {
    for (const { name, source, abortOn } of resilience.experiments) {
      if (abortOn.length === 0)
        yield {
          at: `${source}.abortOn`,
          message: `nothing aborts ${name}`,
          idea: "nothing aborts an experiment",
          hint: "name an SLO of the services that take part",
        };
      for (const [index, slo] of abortOn.entries()) {
        if (slo.metric !== undefined) continue;
        yield {
          at: childPath(`${source}.abortOn`, index),
          message: `${name} is aborted by ${slo.name}, which has no metric`,
          idea: `an experiment is aborted by ${slo.name}, which has no metric`,
          hint: `say how ${slo.name} is counted, or name another SLO`,
          related: [{ at: slo.source, message: slo.name }],
        };
      }
    }
  },
});
