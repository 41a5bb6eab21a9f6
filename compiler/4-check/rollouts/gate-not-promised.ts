import { defineCheck } from "../check.ts";
import { list, onePerForm } from "../../facts/placement.ts";
import { analysesOf } from "../strategy-users.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "rollouts/gate-not-promised",
  severity: "error",
  risk: true,
  summary: "A service promises the SLOs that its rollout gates on",
  why: "A gate holds the new version to a promise of its service. One that the service never made is missing from its alerts and dashboards: a release would fail for a reason that nobody watches.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, slos, strategy } = workload;
      const promised = new Set(slos.map((slo) => slo.name));
      const missing = analysesOf(strategy)
        .flatMap((analysis) => analysis.slos.map((slo) => slo.name))
        .filter((slo) => !promised.has(slo));
      if (missing.length === 0) continue;
      yield {
        at: fieldAt(workload, "rollout"),
        message: `${name}: its rollout gates on ${list(missing)}, which ${name} does not promise`,
        idea: `${strategy.name} gates on ${list(missing)}, which is not promised`,
        hint: `add ${list(missing)} to the service's \`slos\`, or choose another strategy`,
        related: [{ at: strategy.source, message: strategy.name }],
      };
    }
  },
});
