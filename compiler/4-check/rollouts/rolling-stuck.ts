import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "rollouts/rolling-stuck",
  severity: "error",
  summary: "A rolling update may add a pod or take one away",
  why: "With neither, no pod can ever be replaced: Kubernetes refuses a Deployment whose `maxSurge` and `maxUnavailable` are both zero.",

  *run({ strategies }) {
    for (const strategy of strategies) {
      if (
        strategy.kind !== "rolling" ||
        Number.parseFloat(strategy.maxSurge) > 0 ||
        Number.parseFloat(strategy.maxUnavailable) > 0
      )
        continue;
      yield {
        at: `${strategy.source}.maxSurge`,
        message: `${strategy.name}: neither maxSurge nor maxUnavailable lets a pod be replaced`,
        hint: 'set maxSurge: "25%"',
      };
    }
  },
});
