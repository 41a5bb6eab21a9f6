import { defineCheck } from "../../../4-check/check.ts";
import { seconds } from "../../../config/units.ts";
import { killSteps } from "../faults.ts";

/** A Workflow carries its steps one by one, and each is an object of its own while it runs. */
const MOST = 100;

export default defineCheck({
  id: "chaos-mesh/kill-steps",
  severity: "error",
  summary: "Pods are killed at least once in an experiment, and at most a hundred times",
  why: "Every kill is a step of the Workflow that Chaos Mesh stores and walks through. One that comes after the experiment's end never happens.",

  *run({ resilience }) {
    for (const experiment of resilience.experiments) {
      if (experiment.kind !== "pod-kill") continue;
      const { name, source, every, duration } = experiment;
      const steps = killSteps(experiment);
      if (seconds(every) > seconds(duration))
        yield {
          at: `${source}.every`,
          message: `${name} kills every ${every} and lasts ${duration}`,
          hint: "shorten `every`, or let it last longer",
        };
      else if (steps > MOST)
        yield {
          at: `${source}.every`,
          message: `${name} kills ${steps} times in ${duration}`,
          hint: `kill less often: ${Math.ceil(seconds(duration) / MOST)}s or more apart`,
        };
    }
  },
});
