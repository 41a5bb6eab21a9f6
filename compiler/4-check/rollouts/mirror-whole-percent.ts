import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "rollouts/mirror-whole-percent",
  severity: "error",
  summary: "A shadow rollout mirrors a whole percentage, at least 1 %",
  why: "Argo Rollouts takes `setMirrorRoute.percentage` as a whole number, and copies of nothing prove nothing.",

  *run({ strategies }) {
    for (const strategy of strategies) {
      if (strategy.kind !== "shadow" || (Number.isInteger(strategy.mirror) && strategy.mirror > 0)) continue;
      yield {
        at: `${strategy.source}.mirror`,
        message: `${strategy.name} mirrors ${strategy.mirror} %`,
        hint: "write a whole percentage from 1% to 100%",
      };
    }
  },
});
