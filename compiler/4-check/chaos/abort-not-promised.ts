import { defineCheck } from "../check.ts";
import { list, onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "chaos/abort-not-promised",
  severity: "error",
  risk: true,
  summary: "A service promises the SLOs that abort its experiments",
  why: "The gate is asked for the service's own SLO. One that the service does not promise has no answer, and no answer aborts the experiment as soon as it begins.",

  *run(topology) {
    for (const { name, slos, chaos } of onePerForm(topology)) {
      const promised = new Set(slos.map((slo) => slo.name));
      for (const { source, experiment } of chaos) {
        const missing = experiment.abortOn.map((slo) => slo.name).filter((slo) => !promised.has(slo));
        if (missing.length === 0) continue;
        yield {
          at: source,
          message: `${experiment.name} is aborted by ${list(missing)}, which ${name} does not promise`,
          idea: `${experiment.name} is aborted by ${list(missing)}, which is not promised`,
          hint: `add ${list(missing)} to the service's \`slos\``,
          related: [{ at: experiment.source, message: experiment.name }],
        };
      }
    }
  },
});
