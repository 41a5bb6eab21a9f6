import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "optimization/objective",
  severity: "error",
  summary: "The objective gives at least one aim a weight",
  why: "With nothing to look for, every proposal is as good as any other.",

  *run({ optimization }) {
    if (optimization === undefined || Object.values(optimization.objective).some((weight) => weight > 0)) return;
    yield {
      at: `${optimization.source}.objective`,
      message: "every weight is zero",
      hint: "give what matters a weight",
    };
  },
});
