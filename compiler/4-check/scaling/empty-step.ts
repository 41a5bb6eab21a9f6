import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "scaling/empty-step",
  severity: "error",
  summary: "The largest change of an autoscaler is said in pods or as a share",
  why: "A time alone limits nothing.",

  *run(topology) {
    for (const workload of onePerForm(topology))
      for (const direction of ["up", "down"] as const) {
        const step = workload.scaling[direction]?.atMost;
        if (step === undefined || step.pods !== undefined || step.share !== undefined) continue;
        yield {
          at: fieldAt(workload, "scaling", direction, "atMost"),
          message: `${workload.name} says how often, and not how many pods at most`,
          idea: "how often, and not how many pods at most",
          hint: 'add `pods: 4` or `share: "50%"`',
        };
      }
  },
});
