import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "rollouts/no-steps",
  severity: "error",
  summary: "A canary has steps",
  why: "Without one, all traffic goes to the new version at once, and nothing is analysed on the way: the opposite of what a canary promises.",

  *run({ strategies }) {
    for (const strategy of strategies) {
      if (strategy.kind !== "canary" || strategy.steps.length > 0) continue;
      yield {
        at: `${strategy.source}.steps`,
        message: `${strategy.name} has no steps`,
        hint: 'add one, as { weight: 20, pause: "5m" }, or use rolling()',
      };
    }
  },
});
