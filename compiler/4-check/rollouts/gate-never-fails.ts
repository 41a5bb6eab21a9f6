import { defineCheck } from "../check.ts";
import { analysesOf } from "../strategy-users.ts";

export default defineCheck({
  id: "rollouts/gate-never-fails",
  severity: "error",
  risk: true,
  summary: "An analysis takes more measurements than failures it puts up with",
  why: "A release is aborted when more measurements fail than `failureLimit`. Where that is all of them, every one may fail, and the release passes.",

  *run({ strategies }) {
    for (const strategy of strategies) {
      for (const { source, count, failureLimit } of analysesOf(strategy)) {
        if (failureLimit < count) continue;
        yield {
          at: `${source}.failureLimit`,
          message: `${strategy.name}: ${count} measurements may fail ${failureLimit} times`,
          hint: `lower it below ${count}, or raise \`count\``,
        };
      }
    }
  },
});
