import { seconds } from "../../config/units.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/tries-exceed-timeout",
  severity: "warning",
  summary: "All tries of a call fit into its timeout",
  why: "The timeout ends the call with all its tries. Tries for which no time is left are never made, or are cut off: the call fails although the next try would have answered.",

  *run(topology) {
    for (const { dependsOn } of onePerForm(topology)) {
      for (const { call } of dependsOn) {
        const { timeout, retries } = call ?? {};
        if (timeout === undefined || retries?.perTry === undefined || retries.attempts === 0) continue;
        const tries = retries.attempts + 1;
        if (seconds(retries.perTry) * tries <= seconds(timeout)) continue;
        yield {
          at: `${call!.source}.retries`,
          message: `${tries} tries of ${retries.perTry} take longer than ${timeout}, which the call has`,
          hint: `raise \`timeout\` to ${tries} times \`perTry\`, or lower one of the others`,
          related: [{ at: `${call!.source}.timeout`, message: timeout }],
        };
      }
    }
  },
});
