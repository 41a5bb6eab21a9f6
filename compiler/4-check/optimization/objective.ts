import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "optimization/objective",
  severity: "error",
  summary: "The weights of the objective are not negative, and not all zero",
  why: "A negative weight looks for the worst, and with nothing to look for every proposal is as good as any other.",

  *run({ optimization }) {
    if (optimization === undefined) return;
    const weights = Object.entries(optimization.objective);
    for (const [name, weight] of weights) {
      if (weight < 0) yield { at: `${optimization.source}.objective.${name}`, message: `${name} has the weight ${weight}`, hint: "write 0 for what does not matter" };
    }
    if (weights.every(([, weight]) => weight === 0)) yield { at: `${optimization.source}.objective`, message: "every weight is zero", hint: "give what matters a weight" };
  },
});
