import { defineCheck } from "../check.ts";
import { projectedCosts } from "../../facts/costs.ts";

export default defineCheck({
  id: "budgets/may-exceed",
  severity: "warning",
  summary: "A budget covers what its machines may cost at most",
  why: "The autoscaler may spend it without anybody having decided so; the alerts would come after the money is gone.",
  atBounds: true,

  *run(topology, { machines }) {
    if (topology.budgets.length === 0) return;
    for (const { budget, minimum, maximum, currency, incomparable } of projectedCosts(topology, machines()).budgets) {
      const limit = budget.monthly.amount;
      if (incomparable !== undefined || maximum <= limit || minimum > limit) continue; // budgets/below-cost says the worse
      yield {
        at: `${budget.source}.monthly`,
        message: `${budget.name}: ${limit} ${currency} a month, and its machines cost ${minimum} to ${maximum} ${currency}`,
        hint: "raise the budget, or lower the pools' `max`",
      };
    }
  },
});
