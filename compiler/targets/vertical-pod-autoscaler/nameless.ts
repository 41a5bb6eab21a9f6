import { defineCheck } from "../../4-check/check.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "vertical-pod-autoscaler/nameless",
  severity: "error",
  summary: "Requests are recommended for what keeps its name",
  why: "A job without a schedule is a Job whose name changes with what it runs, and a VerticalPodAutoscaler refers to one name. Nothing would be recommended.",

  *run(topology) {
    for (const { kind, name, schedule, resources } of onePerForm(topology)) {
      if (!resources.recommend || kind !== "job" || schedule !== undefined) continue;
      yield {
        at: `${resources.source}.recommend`,
        message: `${name} runs once, as a Job of another name each time`,
        hint: "take it out, or give it a `schedule`",
      };
    }
  },
});
