import { seconds, type Duration } from "../../config/units.ts";
import { onePerForm } from "../../facts/placement.ts";
import type { CallOptions } from "../../topology/calls.ts";
import { defineCheck } from "../check.ts";

/**
 * Zones of a region are up to single-digit milliseconds apart (https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html),
 * and a request passes two sidecars on its way.
 */
const SHORTEST: Duration = "5ms";

export default defineCheck({
  id: "dependencies/timeout-too-short",
  severity: "warning",
  summary: "A call has the time that the way to another zone takes",
  why: "The pod that is called may be in another zone, a few milliseconds away. What ends before an answer can be there fails whatever the service does, and its retries come on top.",

  *run(topology) {
    for (const { dependsOn, externals } of onePerForm(topology)) {
      for (const { call } of [...dependsOn, ...externals]) {
        for (const [field, time] of timesOf(call)) {
          if (seconds(time) >= seconds(SHORTEST)) continue;
          yield {
            at: `${call!.source}.${field}`,
            message: `${time} may be over before an answer can be there`,
            hint: `give it ${SHORTEST} at least, and more than the service takes itself`,
          };
        }
      }
    }
  },
});

const timesOf = (call: CallOptions | undefined): [string, Duration][] =>
  (
    [
      ["timeout", call?.timeout],
      ["retries.perTry", call?.retries?.perTry],
      ["connectTimeout", call?.connectTimeout],
    ] as const
  ).flatMap(([field, time]): [string, Duration][] => (time === undefined ? [] : [[field, time]]));
