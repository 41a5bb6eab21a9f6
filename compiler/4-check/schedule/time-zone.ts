import { didYouMean } from "../../diagnostics/suggest.ts";
import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import type { Workload } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "schedule/time-zone",
  severity: "error",
  summary: "Hours are in a time zone that there is",
  why: "The API server refuses a CronJob whose time zone it does not know; KEDA refuses such a trigger, and scales by none of them.",

  *run(topology, { timeZones }) {
    for (const workload of onePerForm(topology))
      for (const { at, zone } of zonesOf(workload)) {
        if (timeZones().names.includes(zone)) continue;
        yield {
          at,
          message: `there is no time zone ${zone}`,
          hint: didYouMean(zone, timeZones().names) ?? 'write it as in "Europe/Berlin", or "UTC"',
        };
      }
  },
});

const zonesOf = (workload: Workload): { at: string; zone: string }[] => [
  ...workload.scaling.triggers.flatMap((trigger) =>
    trigger.kind === "schedule"
      ? [{ at: fieldAt(workload, "scaling", "triggers", trigger.name, "timeZone"), zone: trigger.timeZone }]
      : [],
  ),
  ...(workload.runs === undefined ? [] : [{ at: fieldAt(workload, "runs", "timeZone"), zone: workload.runs.timeZone }]),
];
