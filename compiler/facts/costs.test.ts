import { test } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { topologyOf } from "../../test/support/topology.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import { budgetDocument, projectedCosts } from "./costs.ts";
import { machinesFrom } from "./machines/index.ts";

/** One dollar an hour is 730 a month. */
const machines = machinesFrom(() => ({
  regions: ["europe-west1", "europe-west4"],
  types: { "dear-1": [4, 16384, 1, 2], "free-1": [4, 16384, null, 3] },
}));

const withPools = (
  nodePools: Ecosystem["clusters"][string]["nodePools"],
  rest: Partial<Ecosystem> = {},
): Ecosystem => ({
  ...base,
  clusters: {
    main: { ...base.clusters["main"]!, nodePools },
    test: { ...base.clusters["test"]!, nodePools: { general: { machineType: "dear-1", min: 1, max: 1 } } },
  },
  ...rest,
});
const costs = (config: Ecosystem) => projectedCosts(topologyOf(config), machines);
const interval = (config: Ecosystem, budget: string) => {
  const { minimum, maximum } = costs(config).budgets.find((cost) => cost.budget.name === budget)!;
  return [minimum, maximum];
};

test("from the fewest nodes to the most, at the region's price", () => {
  const config = withPools(
    { general: { machineType: "dear-1", min: 2, max: 5 } },
    { budgets: { all: { monthly: "1 USD" }, late: { scope: { environment: "production" }, monthly: "1 USD" } } },
  );
  assert.equal(interval(config, "late"), [1460, 3650]);
  assert.equal(interval(config, "all"), [1460 + 1460, 3650 + 1460]);
});

test("spot counts in the maximum alone", () => {
  const config = withPools(
    { general: { machineType: "dear-1", spot: true, min: 2, max: 5 } },
    { budgets: { late: { scope: { environment: "production" }, monthly: "1 USD" } } },
  );
  assert.equal(interval(config, "late"), [0, 3650]);
});

test("what has no price is named, not counted as nothing", () => {
  const config = withPools(
    { general: { machineType: "free-1", min: 2, max: 5 } },
    { budgets: { late: { scope: { environment: "production" }, monthly: "1 USD" } } },
  );
  const [late] = costs(config).budgets;
  assert.equal(
    late!.unpriced.map(({ name }) => name),
    ["main/general"],
  );
  assert.equal([late!.minimum, late!.maximum], [0, 0]);
});

test("runners belong to their cloud and to no environment", () => {
  const config = withPools(
    { general: { machineType: "dear-1", min: 1, max: 1 } },
    {
      runners: {
        builders: {
          kind: "vm",
          cloud: "gcp",
          region: "europe-west4",
          machineType: "dear-1",
          spot: false,
          min: 1,
          max: 2,
          token: "stripe-key",
        } as never,
      },
      budgets: {
        cloud: { scope: { cloud: "gcp" }, monthly: "1 USD" },
        late: { scope: { environment: "production" }, monthly: "1 USD" },
      },
    },
  );
  assert.equal(interval(config, "cloud"), [730 + 1460 + 1460, 730 + 1460 + 2920]);
  assert.equal(interval(config, "late"), [730, 730]);
});

test("the policy's document holds what can be compared", () => {
  const config = withPools(
    { general: { machineType: "dear-1", min: 1, max: 1 } },
    {
      budgets: {
        cloud: { scope: { cloud: "gcp" }, monthly: "1 USD" },
        euros: { monthly: "1 EUR" },
        shop: { scope: { team: "shop" }, monthly: "1 USD" },
      },
    },
  );
  assert.equal(budgetDocument(costs(config)), { budgets: { cloud: { minimum: 2190, currency: "USD" } } });
  assert.equal(
    costs(config).budgets.map(({ budget, incomparable }) => [budget.name, incomparable]),
    [
      ["cloud", undefined],
      ["euros", "currency"],
      ["shop", "team"],
    ],
  );
});

test.run();
