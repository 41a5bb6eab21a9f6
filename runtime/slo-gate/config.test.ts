import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseConfig, readConfig, type ConfigFile } from "./config.ts";
import { Mistake } from "./mistake.ts";

const slo = {
  query: 'sum(rate(r{code="$window"}[$window]))',
  comparison: "gte" as const,
  threshold: 0.99,
  window: "1m",
};
const valid: ConfigFile = {
  prometheus: { url: "http://prometheus.monitoring.svc:9090/", timeout: "1500ms" },
  services: { "shop/checkout": { slos: { availability: slo } } },
};

const test = suite("slo-gate/config");

test("durations become milliseconds, defaults are filled in, a trailing slash goes", () => {
  assert.equal(parseConfig(JSON.stringify(valid), "c.json").prometheus, {
    url: "http://prometheus.monitoring.svc:9090",
    timeout: 1_500,
    concurrency: 8,
    cacheFor: 1_000,
  });
});

test("$window in the queries is the window", () => {
  const minimumSamples = { query: "sum(increase(r[$window]))", count: 20 };
  const file = { ...valid, services: { "shop/checkout": { slos: { availability: { ...slo, minimumSamples } } } } };
  assert.equal(parseConfig(JSON.stringify(file), "c.json").services.get("shop/checkout")?.get("availability"), {
    service: "shop/checkout",
    slo: "availability",
    query: 'sum(rate(r{code="1m"}[1m]))',
    comparison: "gte",
    threshold: 0.99,
    window: "1m",
    minimumSamples: { query: "sum(increase(r[1m]))", count: 20 },
  });
});

test("names of JavaScript's own are names like any other", () => {
  const { services } = parseConfig(
    '{"prometheus":{"url":"http://p","timeout":"1s"},"services":{"a/constructor":{"slos":{"toString":' +
      JSON.stringify(slo) +
      "}}}}",
    "c",
  );
  assert.ok(services.get("a/constructor")?.has("toString"));
  assert.is(services.get("constructor"), undefined);
});

test("the README's example is valid", () => {
  const [, example = ""] =
    /```json\n([^`]+)```/.exec(readFileSync(new URL("README.md", import.meta.url), "utf8")) ?? [];
  assert.ok(parseConfig(example, "README.md").services.size > 0);
});

/** Each breaks the valid file in one place, and gets exactly one line. */
const MISTAKES: [(file: any) => void, string][] = [
  [(file) => delete file.prometheus, 'the file: "prometheus" is missing'],
  [(file) => (file.servcies = {}), 'the file: unknown key "servcies"; known are prometheus, services'],
  [
    (file) => (file.prometheus.url = "prometheus:9090"),
    'prometheus.url must look like "http://prometheus-operated.monitoring.svc:9090", not "prometheus:9090"',
  ],
  [
    (file) => (file.prometheus.url = "http://me:secret@p"),
    'prometheus.url must look like "http://prometheus-operated.monitoring.svc:9090", not "http://…@p"',
  ],
  [(file) => (file.prometheus.timeout = "0s"), 'prometheus.timeout must look like "3s", not "0s"'],
  [(file) => (file.prometheus.concurrency = 0), "prometheus.concurrency must be >= 1, not 0"],
  [(file) => (file.services = {}), "services must not be empty"],
  [
    (file) => (file.services.Checkout = { slos: { availability: slo } }),
    'services: "Checkout" is not a name here; wanted: <namespace>/<service>, each a DNS label',
  ],
  [(file) => (file.services["shop/checkout"].slos = {}), 'services["shop/checkout"].slos must not be empty'],
  [
    (file) => (file.services["shop/checkout"].slos["a/b"] = slo),
    `services["shop/checkout"].slos: "a/b" is not a name here; wanted: letters, digits, '-', '_' or '.', starting with a letter or digit, at most 63`,
  ],
  [
    (file) => (file.services["shop/checkout"].slos.availability.threshold = "0.99"),
    'services["shop/checkout"].slos.availability.threshold must be number, not "0.99"',
  ],
  [
    (file) => (file.services["shop/checkout"].slos.availability.comparison = ">="),
    'services["shop/checkout"].slos.availability.comparison must be one of gte, lte, not ">="',
  ],
  [
    (file) => (file.services["shop/checkout"].slos.availability.window = "1 minute"),
    'services["shop/checkout"].slos.availability.window must look like "1m", not "1 minute"',
  ],
  [
    (file) => (file.services["shop/checkout"].slos.availability.minimumSamples = { query: "n", count: 0 }),
    'services["shop/checkout"].slos.availability.minimumSamples.count must be > 0, not 0',
  ],
];

for (const [change, line] of MISTAKES) {
  test(line, () => {
    const file = structuredClone(valid);
    change(file);
    assert.is(
      mistakeOf(() => parseConfig(JSON.stringify(file), "c.json")),
      `c.json is not a slo-gate configuration:\n  ${line}`,
    );
  });
}

test("all mistakes at once", () => {
  const file = { prometheus: { url: 1, timeout: 2 }, services: [] };
  assert.is(mistakeOf(() => parseConfig(JSON.stringify(file), "c.json")).split("\n").length, 4);
});

test("not JSON, not there", () => {
  assert.match(
    mistakeOf(() => parseConfig("{", "c.json")),
    "c.json is not JSON: ",
  );
  assert.match(
    mistakeOf(() => readConfig("/nowhere/c.json")),
    "/nowhere/c.json cannot be read: ENOENT",
  );
});

function mistakeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.instance(error, Mistake);
    return (error as Mistake).message;
  }
  return "no mistake was found";
}

test.run();
