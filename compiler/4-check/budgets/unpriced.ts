import { defineCheck } from "../check.ts";
import { projectedCosts } from "../../facts/costs.ts";
import { list } from "../../facts/placement.ts";

export default defineCheck({
  id: "budgets/unpriced",
  severity: "info",
  summary: "Every machine under a budget has a known price",
  why: "What has no price is missing from the projected cost: the budget may be too small without anything saying so.",

  *run(topology, { machines }) {
    if (topology.budgets.length === 0) return;
    for (const { budget, unpriced, incomparable } of projectedCosts(topology, machines()).budgets) {
      // A type that is not known at all is another finding: machine-types/unknown.
      const known = unpriced.filter(
        ({ cloudKind, machineType, region }) => machines().find(cloudKind, machineType, region) !== undefined,
      );
      if (incomparable !== undefined || known.length === 0) continue;
      yield {
        at: `${budget.source}.monthly`,
        message: `${budget.name}: no price is known for ${list(known.map(({ machineType, region }) => `${machineType} in ${region}`))}, which its cost leaves out`,
        hint: "leave room for it in the budget",
        related: known.map(({ source, name }) => ({ at: source, message: name })),
      };
    }
  },
});
