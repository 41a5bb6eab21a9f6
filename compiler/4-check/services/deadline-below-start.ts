import { seconds } from "../../config/units.ts";
import { disagreeAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "services/deadline-below-start",
  severity: "error",
  summary: "A rollout waits as long as its probes let a pod start",
  why: "The deadline runs while the startup probe still gives the pod time. Where it ends first, the rollout has failed although nothing is wrong, and one with steps is undone.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, pods } = workload;
      const { progressDeadline, startsWithin } = pods;
      if (progressDeadline === undefined || seconds(progressDeadline) > seconds(startsWithin)) continue;
      yield {
        at: disagreeAt(workload, "progressDeadline", "probes", "minReady"),
        message: `the rollout of ${name} fails after ${progressDeadline} without progress, and a pod may take ${startsWithin} until it counts`,
        idea: "a rollout fails before a pod has had its time to start",
        hint: `set \`progressDeadline\` above ${startsWithin} and the time that a node and the image take, or leave it out: then it fits`,
      };
    }
  },
});
