import { seconds } from "../../config/units.ts";
import { defineCheck } from "../check.ts";
import { shortestGap } from "../../facts/cron.ts";

export default defineCheck({
  id: "chaos/duration-vs-schedule",
  severity: "error",
  risk: true,
  summary: "An experiment ends before it begins again",
  why: "Overlapping runs add up to a fault that nobody chose, without a moment in which the service could recover and the result be read.",

  *run({ resilience }) {
    for (const { name, source, schedule, duration } of resilience.experiments) {
      const gap = shortestGap(schedule);
      if (gap === undefined || seconds(duration) < gap) continue;
      yield {
        at: `${source}.duration`,
        message: `${name} lasts ${duration} and begins again after ${gap / 60} minutes`,
        hint: "shorten it, or let it begin less often",
      };
    }
  },
});
