import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../package-root.ts";
import { FORMAT, migrations, oldWords, renewed, renewedPath } from "./index.ts";

const test = suite("migrations");
const words = migrations.flatMap(({ words }) => words);
const config = {
  services: {
    cart: {
      placement: ["paris"],
      overrides: [
        { environment: "staging", scaling: { min: 1 } },
        { environment: "pre-prod", config: {} },
      ],
    },
    "a.b": { placement: "all", overrides: [{ environment: "staging" }] },
    today: { placement: { clusters: ["paris"] }, in: {} },
    odd: { placement: 3, overrides: "no list" },
    none: null,
  },
  ignore: [
    { check: "a/b", at: "services.cart.overrides[1].config", reason: "placement[0]" },
    { check: "a/b", at: "services.*.image", reason: "" },
    { check: "a/b", at: "services.*.overrides[1]", reason: "" },
    { check: "a/b" },
  ],
  other: { placement: ["paris"] },
};

test("they lead from each format to the next", () => {
  assert.equal(
    migrations.map(({ to }) => to),
    migrations.map((_, index) => index + 2),
  );
});

test("the newest format is the one that the schema takes, and that init writes", () => {
  const schema = JSON.parse(readFileSync(`${PACKAGE_ROOT}schemas/ecosystem.schema.json`, "utf8")) as {
    properties: { format: { const: number } };
  };
  assert.is(schema.properties.format.const, FORMAT);
  const template = readFileSync(`${PACKAGE_ROOT}compiler/commands/init/project/ecosystem.config.ts.hbs`, "utf8");
  assert.match(template, new RegExp(`^ {2}format: ${FORMAT},$`, "m"));
});

test("old forms are known by their form and their place", () => {
  assert.equal(
    oldWords(config).map(({ at }) => at),
    ["services.cart.placement", "services.cart.overrides", 'services["a.b"].overrides'].sort(order),
  );
  for (const nothing of [undefined, null, 3, [], {}, { services: 3 }, { services: [] }])
    assert.equal(oldWords(nothing), []);
});

/** Word after word. */
const order = (one: string, other: string): number =>
  Number(one.includes("overrides")) - Number(other.includes("overrides"));

test("a config means the same in the next format, and nothing else changes", () => {
  const before = structuredClone(config);
  const after = renewed(config, migrations[0]!);
  assert.equal(config, before);
  assert.equal(after, {
    ...config,
    services: {
      ...config.services,
      cart: {
        placement: { clusters: ["paris"] },
        in: { staging: { scaling: { min: 1 } }, "pre-prod": { config: {} } },
      },
      "a.b": { placement: "all", in: { staging: {} } },
    },
    ignore: [
      { check: "a/b", at: "services.cart.in.pre-prod.config", reason: "placement[0]" },
      ...config.ignore.slice(1),
    ],
  });
  assert.equal(oldWords(after), []);
  assert.equal(renewed(after, migrations[0]!), after);
});

const PATHS: readonly [path: string, renewed: string | undefined][] = [
  ["services.cart.placement", "services.cart.placement"],
  ["services.cart.placement[0]", "services.cart.placement.clusters[0]"],
  ["services.*.placement[*]", "services.*.placement.clusters.*"],
  ["services.cart.overrides", "services.cart.in"],
  ["services.cart.overrides[0].scaling.min", "services.cart.in.staging.scaling.min"],
  ["services.cart.overrides[1]", "services.cart.in.pre-prod"],
  ["services.cart.overrides[1].environment", "services.cart.in.pre-prod"],
  ["services.cart.overrides[2]", undefined],
  ["services.*.overrides[*].scaling", "services.*.in.*.scaling"],
  ["services.*.overrides[0].scaling", "services.*.in.staging.scaling"],
  ["services.*.overrides[1]", undefined],
  ['services["a.b"].overrides[0]', 'services["a.b"].in.staging'],
  ["services.today.placement.clusters[0]", "services.today.placement.clusters[0]"],
  ["services.gone.overrides[0]", "services.gone.overrides[0]"],
  ["services.*.image", "services.*.image"],
  ["*", "*"],
  ["other.placement[0]", "other.placement[0]"],
];
for (const [path, expected] of PATHS)
  test(`${path} is called ${expected ?? "differently from place to place"}`, () => {
    assert.is(renewedPath(path, config, words), expected);
  });

test.run();
