import { fieldAt } from "../../facts/differences.ts";
import { groupBy } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "scaling/no-autoscaler",
  severity: "error",
  summary: "What an autoscaler goes by is said of services that have one",
  why: "Where `min` equals `max` there is none: the number of pods never changes, whatever the service is told to aim at.",

  *run({ workloads }) {
    for (const placed of groupBy(workloads, ({ name }) => name).values()) {
      // What is said once for all may count in one environment alone.
      if (placed.some(({ scaling }) => !scaling.fixed)) continue;
      const [workload] = placed;
      const { name, scaling } = workload!;
      for (const field of scaling.written.filter((field) => field !== "min" && field !== "max"))
        yield {
          at: fieldAt(workload!, "scaling", field),
          message: `${name} always has ${scaling.min} ${scaling.min === 1 ? "pod" : "pods"}, and says \`${field}\``,
          idea: `a service whose number of pods never changes says \`${field}\``,
          hint: "raise `max` above `min`, or take it out",
        };
    }
  },
});
