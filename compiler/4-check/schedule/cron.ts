import { defineCheck } from "../check.ts";
import { cronProblem } from "../../facts/cron.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "schedule/cron",
  severity: "error",
  summary: "Schedules are valid, and come up at all",
  why: "Kubernetes refuses a schedule that it cannot read. One that names a day which never comes, as 30 February, is worse: it is taken, and nothing ever runs.",

  *run({ workloads, resilience, optimization }) {
    const schedules = [
      ...workloads.flatMap((workload) =>
        workload.schedule === undefined ? [] : [{ at: fieldAt(workload, "schedule"), schedule: workload.schedule }],
      ),
      ...workloads.flatMap((workload) =>
        workload.scaling.triggers.flatMap((trigger) =>
          trigger.kind === "schedule"
            ? (["from", "to"] as const).map((field) => ({
                at: fieldAt(workload, "scaling", "triggers", trigger.name, field),
                schedule: trigger[field],
              }))
            : [],
        ),
      ),
      ...resilience.experiments.map(({ source, schedule }) => ({ at: `${source}.schedule`, schedule })),
      ...(optimization === undefined ? [] : [{ at: `${optimization.source}.cadence`, schedule: optimization.cadence }]),
    ];
    for (const { at, schedule } of schedules) {
      const wrong = cronProblem(schedule);
      if (wrong === undefined) continue;
      const {
        problem,
        hint = 'five fields: minute, hour, day of the month, month, day of the week, as "0 3 * * 1-5"',
      } = wrong;
      yield { at, message: `"${schedule}" ${problem}`, hint };
    }
  },
});
