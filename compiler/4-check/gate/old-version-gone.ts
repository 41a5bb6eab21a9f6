import { seconds } from "../../config/units.ts";
import { defineCheck } from "../check.ts";
import { minutes } from "../gates.ts";

export default defineCheck({
  id: "gate/old-version-gone",
  severity: "error",
  risk: true,
  summary: "The old version stays for as long as a switch may be taken back",
  why: "The controller takes the old pods away `keepOldFor` after the switch, even while the analysis behind it still runs. What that aborts then has nothing to go back to.",

  *run({ strategies }) {
    for (const strategy of strategies) {
      if (strategy.kind !== "blue-green" || strategy.postPromotion === undefined) continue;
      const { hold, outage } = strategy.postPromotion;
      const longest = seconds(hold) + seconds(outage);
      if (seconds(strategy.keepOldFor) > longest) continue;
      yield {
        at: `${strategy.source}.keepOldFor`,
        message: `${strategy.name}: the old version goes ${minutes(seconds(strategy.keepOldFor) / 60)} after the switch, and \`postPromotion\` may take ${minutes(longest / 60)}: its \`hold\`, and its \`outage\` where Prometheus is away`,
        hint: `keep it longer, as keepOldFor: "${Math.ceil(longest / 60) + 10}m", or judge in less time with a shorter \`hold\``,
        related: [{ at: strategy.postPromotion.source, message: "the analysis" }],
      };
    }
  },
});
