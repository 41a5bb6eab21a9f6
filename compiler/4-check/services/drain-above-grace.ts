import { seconds } from "../../config/units.ts";
import { disagreeAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "services/drain-above-grace",
  severity: "error",
  summary: "A pod has time left when it has been drained",
  why: "The grace period begins before the drain, and at its end the process is killed. Where the drain takes all of it, nobody tells the process to end: requests, transactions and files are cut off wherever they are. Kubernetes refuses a pod whose drain is longer.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, gracePeriod, pods } = workload;
      if (pods.drain === undefined || seconds(pods.drain) < seconds(gracePeriod)) continue;
      yield {
        at: disagreeAt(workload, "drain", "gracePeriod"),
        message: `${name} drains for ${pods.drain}, and is killed after ${gracePeriod}`,
        idea: "a drain takes all of the grace period",
        hint: "shorten `drain`, or raise `gracePeriod` by what the process needs to end",
      };
    }
  },
});
