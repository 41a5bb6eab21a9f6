import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "services/runs-without-schedule",
  severity: "error",
  summary: "When runs begin, and what they do beside each other, is said of jobs with a schedule",
  why: "A job without one runs once per version, as soon as it is applied: there is no time that it could be late for, and no other run. What was meant would silently not happen.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, kind, runs, schedule } = workload;
      if (kind !== "job" || schedule !== undefined) continue;
      for (const field of ["timeZone", "overlap", "startWithin"] as const)
        if (runs!.written[field])
          yield {
            at: fieldAt(workload, "runs", field),
            message: `${name} has no schedule, and says \`${field}\``,
            idea: `a job without a schedule says \`${field}\``,
            hint: "give it a `schedule`, or take it out",
          };
    }
  },
});
