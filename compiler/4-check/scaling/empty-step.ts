import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "scaling/empty-step",
  severity: "error",
  summary: "How fast an autoscaler goes is said as a time, or as the largest change in pods or as a share",
  why: "A direction alone says nothing, and a time alone limits nothing: Kubernetes refuses both.",

  *run(topology) {
    for (const workload of onePerForm(topology))
      for (const direction of ["up", "down"] as const) {
        const pace = workload.scaling[direction];
        if (pace === undefined) continue;
        const { after, atMost } = pace;
        if (atMost === undefined && after === undefined)
          yield {
            at: fieldAt(workload, "scaling", direction),
            message: `${workload.name} does not say how fast it goes ${direction}`,
            idea: `how fast it goes ${direction} is not said`,
            hint: 'add `after: "5m"` or `atMost: { pods: 4, every: "1m" }`, or take it out',
          };
        else if (atMost !== undefined && atMost.pods === undefined && atMost.share === undefined)
          yield {
            at: fieldAt(workload, "scaling", direction, "atMost"),
            message: `${workload.name} says how often, and not how many pods at most`,
            idea: "how often, and not how many pods at most",
            hint: 'add `pods: 4` or `share: "50%"`',
          };
      }
  },
});
