import { fieldAt } from "../../facts/differences.ts";
import { groupBy } from "../../facts/placement.ts";
import type { Scaling, Trigger } from "../../topology/scaling.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "scaling/idle-trigger",
  severity: "error",
  summary: "A trigger asks for a number of pods that the service can have",
  why: "Hours with no more pods than `min` change nothing, those with more than `max` never get them, and what starts the first pod is not asked where one always runs.",

  *run({ workloads }) {
    const placed = workloads.flatMap((workload) => workload.scaling.triggers.map((trigger) => ({ workload, trigger })));
    for (const all of groupBy(placed, ({ trigger }) => trigger.source).values()) {
      // What is said once for all may count in one environment alone.
      const problems = all.map(({ workload, trigger }) => problemOf(trigger, workload.scaling));
      const [problem] = problems;
      if (problem === undefined || problems.includes(undefined)) continue;
      const { workload, trigger } = all[0]!;
      yield {
        at: fieldAt(workload, "scaling", "triggers", trigger.name, problem.field),
        message: `${workload.name} ${problem.message}`,
        idea: problem.message,
        hint: problem.hint,
      };
    }
  },
});

function problemOf(trigger: Trigger, { min, max }: Scaling) {
  if (trigger.kind !== "schedule")
    return trigger.wakeAbove === 0 || min === 0
      ? undefined
      : {
          field: "wakeAbove",
          message: `always has ${min} ${min === 1 ? "pod" : "pods"} or more, and says what starts the first one`,
          hint: "set `min` to 0, or take it out",
        };
  if (trigger.pods > min && trigger.pods <= max) return undefined;
  return {
    field: "pods",
    message:
      trigger.pods > max
        ? `is to have ${trigger.pods} pods in hours, and has ${max} at most`
        : `is to have ${trigger.pods} ${trigger.pods === 1 ? "pod" : "pods"} in hours, and has ${min} always`,
    hint: trigger.pods > max ? "raise `max`, or lower it" : "raise it above `min`, or take the trigger out",
  };
}
