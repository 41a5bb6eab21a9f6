import { seconds, type Duration } from "../../config/units.ts";
import { onePerForm } from "../../facts/placement.ts";
import type { CallOptions } from "../../topology/calls.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/connect-exceeds-timeout",
  severity: "warning",
  summary: "A connection is given up before the try that needs it has ended",
  why: "A pod that does not take connections uses up the time of the whole try. Nothing is left for another pod, and a try that ends by its own timeout is not repeated where `connect-failure` is.",

  *run(topology) {
    for (const { dependsOn } of onePerForm(topology)) {
      for (const { call } of dependsOn) {
        const end = call && endOf(call);
        if (end === undefined || call?.connectTimeout === undefined) continue;
        if (seconds(call.connectTimeout) < seconds(end.after)) continue;
        yield {
          at: `${call.source}.connectTimeout`,
          message: `${call.connectTimeout} for the connection alone, and \`${end.field}\` ends the try after ${end.after}`,
          hint: `make it less than ${end.after}, as tens of milliseconds are enough inside of a cluster`,
          related: [{ at: `${call.source}.${end.at}`, message: end.after }],
        };
      }
    }
  },
});

/** What ends a try. */
function endOf({ timeout, retries }: CallOptions): { field: string; at: string; after: Duration } | undefined {
  const perTry = retries?.attempts === 0 ? undefined : retries?.perTry;
  if (perTry !== undefined && (timeout === undefined || seconds(perTry) <= seconds(timeout)))
    return { field: "perTry", at: "retries.perTry", after: perTry };
  return timeout === undefined ? undefined : { field: "timeout", at: "timeout", after: timeout };
}
