import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { valueAt } from "../diagnostics/config-path.ts";
import { changed, changesAt, type Change } from "./changes.ts";
import { ineffective } from "./fields.ts";
import { leaves } from "./places.ts";
import { everything } from "../../scripts/everything/everything.ts";

const test = suite("changes of a config");

test("a copy has the changes, and the config is what it was", () => {
  const config = { a: { b: [1, 2, 3], c: "x" }, d: { e: true } };
  const before = JSON.stringify(config);
  const changes: Change[] = [
    { path: ["a", "b", 0], without: true },
    { path: ["a", "b", 2], value: 9 },
    { path: ["a", "c"], value: "y" },
    { path: ["d", "e"], without: true },
  ];
  assert.equal(changed(config, changes), { a: { b: [2, 9], c: "y" }, d: {} });
  assert.is(JSON.stringify(config), before);
});

test("whatever leaves are changed together, each has its own change, and the rest is shared", () => {
  const all = leaves(everything).filter(({ path }) => path.every((segment) => typeof segment === "string"));
  fc.assert(
    fc.property(fc.subarray(all, { minLength: 1, maxLength: 30 }), (some) => {
      const changes = some.map(({ path }): Change => ({ path, value: "changed" }));
      const other = changed(everything, changes);
      for (const { path } of some) assert.is(valueAt(other, path), "changed");
      const touched = new Set(some.map(({ path }) => path[0]));
      for (const [section, value] of Object.entries(everything))
        if (!touched.has(section)) assert.is((other as unknown as Record<string, unknown>)[section], value);
    }),
  );
});

test("no change of a leaf is the value that it has", () => {
  for (const leaf of leaves(everything))
    for (const change of changesAt(leaf, () => ["one", "two"]))
      assert.ok(!("value" in change) || change.value !== leaf.value, leaf.path.join("."));
});

const NONE: ReadonlySet<string> = new Set();
const NAMED: [what: string, config: object, without: string[], named: string[]][] = [
  ["a section", { aiops: { forecast: { horizon: "6h" } } }, ["aiops.forecast.horizon"], ["aiops"]],
  [
    "one field beside others",
    { services: { web: { image: "a", schedule: "b" } } },
    ["services.*.schedule"],
    ["services.*.schedule"],
  ],
  ["what is not written", { name: "a" }, ["aiops.forecast.horizon"], []],
  [
    "a list",
    { budgets: { all: { alerts: ["50%"], monthly: "1 EUR" } } },
    ["budgets.*.alerts[*]"],
    ["budgets.*.alerts"],
  ],
];
for (const [what, config, without, named] of NAMED)
  test(`fields without effect are named as shortly as possible: ${what}`, () =>
    assert.equal(ineffective(config, new Set(without), NONE), named));

test.run();
