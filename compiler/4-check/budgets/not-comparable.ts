import { defineCheck } from "../check.ts";
import { projectedCosts } from "../../facts/costs.ts";

export default defineCheck({
  id: "budgets/not-comparable",
  severity: "info",
  summary: "A budget can be held against projected costs",
  why: "List prices are in US dollars, and teams share machines. An exchange rate or a share that nobody has agreed to would be a guess: the budget still alerts on what is really spent.",

  *run(topology, { machines }) {
    if (topology.budgets.every(({ scope, monthly }) => scope.team === undefined && monthly.currency === "USD")) return;
    for (const { budget, minimum, maximum, currency, incomparable } of projectedCosts(topology, machines()).budgets) {
      if (incomparable === "currency") {
        yield {
          at: `${budget.source}.monthly`,
          message: `${budget.name} is in ${budget.monthly.currency}, and its machines cost ${minimum} to ${maximum} ${currency}: not compared`,
          hint: "write it in USD to have it checked when compiling",
        };
      } else if (incomparable === "team") {
        yield {
          at: `${budget.source}.scope.team`,
          message: `${budget.name} is a team's, and teams share machines: not compared`,
          idea: "a budget is a team's, and teams share machines: not compared",
          hint: "what the team's pods really cost is measured in the cluster",
        };
      }
    }
  },
});
