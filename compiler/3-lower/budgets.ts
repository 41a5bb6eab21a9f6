import type { Ecosystem } from "../config/model/ecosystem.ts";
import { amount, currencyOf, fraction } from "../config/units.ts";
import type { Budget } from "../topology/budgets.ts";
import { canonical, entries } from "./resolve.ts";

export const lowerBudgets = ({ budgets }: Ecosystem): Budget[] =>
  entries(budgets, "budgets").map(({ name, value, source }) => ({
    name,
    source,
    scope: canonical({ ...value.scope }),
    monthly: { amount: amount(value.monthly), currency: currencyOf(value.monthly) },
    alerts: (value.alerts ?? ["50%", "80%", "100%"]).map(fraction).sort((a, b) => a - b),
    ...(value.route === undefined ? {} : { route: value.route }),
  }));
