import type { Budget } from "../topology/budgets.ts";
import type { Topology } from "../topology/index.ts";
import type { Machines } from "./machines/index.ts";
import { machineGroups, type MachineGroup } from "./machine-groups.ts";

/** Hours in a month, as the clouds' own calculators count: 8,760 / 12. */
const HOURS = 730;

/** What a group of equal machines costs in a month, in US dollars. */
interface MachineCost extends MachineGroup {
  /**
   * From its fewest machines to its most. Spot counts at the on-demand price in the maximum and, since nobody can say
   * how cheap it gets, as nothing in the minimum. Absent where no price is known: unknown, never free.
   */
  monthly?: Interval;
}

interface Interval {
  minimum: number;
  maximum: number;
}

/** What falls under a budget. */
interface BudgetCost extends Interval {
  budget: Budget;
  currency: "USD";
  /** Machines whose price is unknown: the interval leaves them out. */
  unpriced: readonly MachineCost[];
  /** Why the costs cannot be held against the budget, if they cannot. */
  incomparable?: "currency" | "team";
}

export interface ProjectedCosts {
  machines: readonly MachineCost[];
  budgets: readonly BudgetCost[];
}

/**
 * What the ecosystem's machines cost by list price, and what of it falls under each budget. Machines alone: traffic,
 * disks and control planes come on top.
 */
export function projectedCosts(topology: Topology, machines: Machines): ProjectedCosts {
  const costs = machineGroups(topology).map((group) => machineCost(group, machines));
  return { machines: costs, budgets: topology.budgets.map((budget) => budgetCost(budget, costs)) };
}

/** As the `budgets` policy of policies/ reads them. */
export const budgetDocument = ({ budgets }: ProjectedCosts) => ({
  budgets: Object.fromEntries(
    budgets
      .filter(({ incomparable }) => incomparable === undefined)
      .map(({ budget, minimum, currency }) => [budget.name, { minimum, currency }]),
  ),
});

function machineCost(group: MachineGroup, machines: Machines): MachineCost {
  const hourly = machines.find(group.cloudKind, group.machineType, group.region)?.hourly;
  if (hourly === undefined) return group;
  return {
    ...group,
    monthly: {
      minimum: cents(group.spot ? 0 : group.min * hourly * HOURS),
      maximum: cents(group.max * hourly * HOURS),
    },
  };
}

function budgetCost(budget: Budget, costs: readonly MachineCost[]): BudgetCost {
  const { cloud, environment, team } = budget.scope;
  const covered = costs.filter(
    (cost) =>
      (cloud === undefined || cost.cloud === cloud) && (environment === undefined || cost.environment === environment),
  );
  const sum = (bound: keyof Interval) =>
    cents(covered.reduce((total, { monthly }) => total + (monthly?.[bound] ?? 0), 0));
  // Teams share machines, and list prices are in dollars: neither is guessed at.
  const incomparable = team !== undefined ? "team" : budget.monthly.currency === "USD" ? undefined : "currency";
  return {
    budget,
    currency: "USD",
    minimum: sum("minimum"),
    maximum: sum("maximum"),
    unpriced: covered.filter(({ monthly }) => monthly === undefined),
    ...(incomparable === undefined ? {} : { incomparable }),
  };
}

const cents = (amount: number): number => Math.round(amount * 100) / 100;
