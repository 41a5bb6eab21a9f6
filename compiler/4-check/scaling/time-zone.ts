import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";

export default defineCheck({
  id: "scaling/time-zone",
  severity: "error",
  summary: "Hours are in a time zone that there is",
  why: "KEDA refuses a trigger whose time zone it does not know, and scales by none of them.",

  *run(topology, { timeZones }) {
    for (const workload of onePerForm(topology))
      for (const trigger of workload.scaling.triggers) {
        if (trigger.kind !== "schedule" || timeZones().names.includes(trigger.timeZone)) continue;
        yield {
          at: fieldAt(workload, "scaling", "triggers", trigger.name, "timeZone"),
          message: `there is no time zone ${trigger.timeZone}`,
          hint: didYouMean(trigger.timeZone, timeZones().names) ?? 'write it as in "Europe/Berlin", or "UTC"',
        };
      }
  },
});
