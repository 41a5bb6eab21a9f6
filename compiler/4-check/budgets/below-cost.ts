import { defineCheck } from "../check.ts";
import { projectedCosts } from "../../facts/costs.ts";

export default defineCheck({
  id: "budgets/below-cost",
  severity: "error",
  risk: true,
  summary: "A budget covers what its machines cost at least",
  why: "With every pool at its fewest nodes it would be exceeded already: either the budget or the pools are not what somebody meant.",

  *run(topology, { machines }) {
    if (topology.budgets.length === 0) return;
    for (const { budget, minimum, currency, incomparable } of projectedCosts(topology, machines()).budgets) {
      if (incomparable !== undefined || minimum <= budget.monthly.amount) continue;
      yield {
        at: `${budget.source}.monthly`,
        message: `${budget.name}: ${budget.monthly.amount} ${currency} a month, and its machines cost at least ${minimum} ${currency}`,
        hint: "raise the budget, or lower the pools' `min`",
      };
    }
  },
});
