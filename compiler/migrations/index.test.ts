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

/** A config of format 2 whose gates count failures. */
const judged = {
  slos: {
    done: {
      metric: {
        kind: "query",
        good: 'sum(increase(done_total{queue="a.b", $selector, code!~"5.."}[$window]))',
        total: "sum ( rate ( all:total{ $selector , } [ $window ] ) )",
      },
    },
    up: { metric: { kind: "success-rate" } },
  },
  rollouts: {
    steps: { analysis: { slos: ["up"], window: "2m", count: 5, noTraffic: "pass" } },
    swap: { prePromotion: { slos: ["up"], interval: "1m" }, postPromotion: { slos: ["up"], failureLimit: 0 } },
  },
  services: {
    web: {
      rollout: { analysis: { slos: ["up"], minimumRequests: 5 } },
      in: { staging: { rollout: { postPromotion: { count: 1 } } } },
      on: { paris: { rollout: "steps" } },
    },
  },
  window: "2m",
  ignore: [{ check: "a/b", at: "rollouts.steps.analysis.window", reason: "" }],
};

test("what gates were told is taken out, and expressions become counters", () => {
  const after = renewed(judged, migrations[1]!);
  assert.equal(after, {
    slos: {
      done: {
        metric: {
          kind: "query",
          good: { counter: "done_total", matchers: { queue: "a.b", code: { unlike: "5.." } } },
          total: { counter: "all:total" },
        },
      },
      up: { metric: { kind: "success-rate" } },
    },
    rollouts: {
      steps: { analysis: { slos: ["up"] } },
      swap: { prePromotion: { slos: ["up"] }, postPromotion: { slos: ["up"] } },
    },
    services: {
      web: {
        rollout: { analysis: { slos: ["up"] } },
        in: { staging: { rollout: { postPromotion: {} } } },
        on: { paris: { rollout: "steps" } },
      },
    },
    window: "2m",
    ignore: [{ check: "a/b", at: "rollouts.steps.analysis", reason: "" }],
  });
  assert.equal(oldWords(after), []);
});

const EXPRESSIONS: readonly [expression: string, counter: unknown][] = [
  ["sum(increase(a{$selector}[$window]))", { counter: "a" }],
  ['sum(increase(a{$selector,b=~"x|y"}[$window]))', { counter: "a", matchers: { b: { matches: "x|y" } } }],
  ['sum(increase(a{$selector,b!="x.y"}[$window]))', { counter: "a", matchers: { b: { unlike: "x\\.y" } } }],
  ['sum(increase(a{b="\\"{",$selector}[$window]))', { counter: "a", matchers: { b: '"{' } }],
  ["sum(increase(a{$selector}[$window])) + 1", undefined],
  ["sum by (x) (increase(a{$selector}[$window]))", undefined],
  ["sum(increase(a{$selector}[5m]))", undefined],
  ["sum(increase(a[$window]))", undefined],
  ['sum(increase(a{b="$selector"}[$window]))', undefined],
  ['sum(increase(a{$selector,b="1",b!="2"}[$window]))', undefined],
  ['sum(increase(a{$selector,b="\\x41"}[$window]))', undefined],
  ["a", undefined],
];
for (const [expression, counter] of EXPRESSIONS)
  test(`${expression} ${counter === undefined ? "is no counter" : "is a counter"}`, () => {
    const config = { slos: { done: { metric: { good: expression } } } };
    const { slos } = renewed(config, migrations[1]!) as typeof config;
    assert.equal(slos.done.metric.good, counter ?? expression);
  });

test.run();
