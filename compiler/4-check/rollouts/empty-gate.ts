import { defineCheck } from "../check.ts";
import { analysesOf } from "../strategy-users.ts";

export default defineCheck({
  id: "rollouts/empty-gate",
  severity: "error",
  summary: "An analysis gates on at least one SLO",
  why: "An analysis of nothing passes always. It looks like a gate to whoever reads the config.",

  *run({ strategies }) {
    for (const strategy of strategies) {
      for (const { source, slos } of analysesOf(strategy)) {
        if (slos.length === 0)
          yield {
            at: `${source}.slos`,
            message: `${strategy.name}: its analysis gates on nothing`,
            hint: "name an SLO, or leave the analysis out",
          };
      }
    }
  },
});
