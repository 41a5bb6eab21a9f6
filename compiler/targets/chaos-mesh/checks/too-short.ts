import { defineCheck } from "../../../4-check/check.ts";
import { seconds } from "../../../config/units.ts";
import { LOOK } from "../schedule.ts";

/** Looks at the SLOs that an experiment is long enough for: two bad ones end it. */
const LOOKS = 6;

export default defineCheck({
  id: "chaos-mesh/too-short",
  severity: "error",
  risk: true,
  summary: "An experiment lasts long enough to be watched",
  why: `SLOs are looked at every ${LOOK} seconds, and two bad looks end the experiment. One that is over before cannot be aborted, and shows nothing either.`,

  *run({ resilience }) {
    for (const { name, source, duration } of resilience.experiments) {
      if (seconds(duration) >= LOOKS * LOOK) continue;
      yield {
        at: `${source}.duration`,
        message: `${name} lasts ${duration}`,
        hint: `let it last ${LOOKS * LOOK}s or more`,
      };
    }
  },
});
