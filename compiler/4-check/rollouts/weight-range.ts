import { boundsAt, showBounds } from "../bounds.ts";
import { defineCheck } from "../check.ts";
import { stepsOf } from "../strategy-users.ts";

export default defineCheck({
  id: "rollouts/weight-range",
  severity: "error",
  summary: "Weights are whole percentages from 0 to 100",
  why: "Argo Rollouts takes `setWeight` as a whole number; the controller rejects the Rollout otherwise, and the release never starts.",

  *run(topology) {
    for (const step of topology.strategies.flatMap(stepsOf)) {
      const weight = boundsAt(topology, `${step.source}.weight`, step.weight);
      if (weight.lowest >= 0 && weight.highest <= 100 && [weight.lowest, weight.highest, step.weight].every(Number.isInteger)) continue;
      yield { at: `${step.source}.weight`, message: `weight ${showBounds(weight)} is not a whole percentage`, hint: "write a whole number from 0 to 100" };
    }
  },
});
