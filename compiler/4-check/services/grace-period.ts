import { seconds } from "../../config/units.ts";
import { defineCheck } from "../check.ts";
import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "services/grace-period",
  severity: "error",
  summary: "The grace period of what serves requests is longer than the wait before the signal",
  why: "A pod waits five seconds before its process is told to end, so that callers stop sending first, and these are part of the grace period. The charts refuse a shorter one.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      if (workload.kind === "job" || seconds(workload.gracePeriod) >= WAIT) continue;
      yield {
        at: fieldAt(workload, "gracePeriod"),
        message: `${workload.name}: a pod that ends has ${workload.gracePeriod}, of which it waits ${WAIT}s`,
        hint: `give it ${WAIT}s or more`,
      };
    }
  },
});

/** `preStopSleepSeconds` of helm-library/service/values.yaml and helm-library/stateful/values.yaml. */
const WAIT = 5;
