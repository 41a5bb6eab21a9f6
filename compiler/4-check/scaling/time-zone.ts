import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";

export default defineCheck({
  id: "scaling/time-zone",
  severity: "error",
  summary: "Hours are in a time zone that there is",
  why: "KEDA refuses a trigger whose time zone it does not know, and scales by none of them.",

  *run(topology) {
    for (const workload of onePerForm(topology))
      for (const trigger of workload.scaling.triggers) {
        if (trigger.kind !== "schedule" || isTimeZone(trigger.timeZone)) continue;
        yield {
          at: fieldAt(workload, "scaling", "triggers", trigger.name, "timeZone"),
          message: `there is no time zone ${trigger.timeZone}`,
          hint:
            didYouMean(trigger.timeZone, Intl.supportedValuesOf("timeZone")) ??
            'write it as in "Europe/Berlin", or "UTC"',
        };
      }
  },
});

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
