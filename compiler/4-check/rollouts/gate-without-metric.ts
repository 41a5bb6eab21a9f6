import { childPath } from "../../diagnostics/config-path.ts";
import { defineCheck } from "../check.ts";
import { analysesOf } from "../strategy-users.ts";

export default defineCheck({
  id: "rollouts/gate-without-metric",
  severity: "error",
  summary: "A rollout gates on SLOs that have a metric",
  why: "An SLO without a metric is a promise on paper: there is nothing that could be asked about the new version, so that the gate would never close.",

  *run({ strategies }) {
    for (const strategy of strategies) {
      for (const analysis of analysesOf(strategy)) {
        for (const [index, slo] of analysis.slos.entries()) {
          if (slo.metric !== undefined) continue;
          yield {
            at: childPath(`${analysis.source}.slos`, index),
            message: `${strategy.name} gates on ${slo.name}, which has no metric`,
            idea: `a rollout gates on ${slo.name}, which has no metric`,
            hint: `say how ${slo.name} is counted, as metric: { kind: "success-rate" }, or gate on another SLO`,
            related: [{ at: slo.source, message: slo.name }],
          };
        }
      }
    }
  },
});
