import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { base } from "../../../test/errors/base.ts";
import { topologyOf } from "../../../test/support/topology.ts";
import { everything } from "../../../scripts/everything/everything.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import type { Topology } from "../../topology/index.ts";
import { CHART_DEFAULTS } from "./chart-defaults.ts";
import target from "./index.ts";

type Values = Readonly<Record<string, unknown>>;
const KINDS = ["service", "job", "stateful", "daemon"] as const;
type Kind = (typeof KINDS)[number];

/** What is written for each workload of a kind. */
const valuesOf = (topology: Topology, kind: Kind): Values[] =>
  target
    .emit(topology)
    .flatMap(({ body }) => (body.kind === "values" && body.chart === kind ? [body.data as Values] : []));

/** A service of which the config says no more than it has to, in the last environment. */
const bare = (kind: Kind): Topology =>
  topologyOf({
    ...base,
    services: { bare: { team: "shop", kind, image: "ghcr.io/acme/bare", placement: { clusters: ["main"] } } },
  });

const chartDefaults = (kind: Kind): Values =>
  parse(readFileSync(join(PACKAGE_ROOT, `helm-library/${kind}/values.yaml`), "utf8")) as Values;

/** Where the chart says something else to people who use it by hand, and why. */
const BY_HAND: Readonly<Record<string, string>> = {
  annotations: "there is no config that an object could come from",
  image: "its repository is no default",
  mesh: "there may be none",
  networkPolicy: "who may call is not known",
  replicas: "lower has a default by kind and environment",
  serviceAccount: "its name is no default",
  volumes: "a folder for temporary files serves most images; a config says which it needs",
};

for (const kind of KINDS) {
  test(`${kind}: what a config may decide is always written, or known to be the chart's default`, () => {
    const [values] = valuesOf(bare(kind), kind) as [Values];
    const defaults = chartDefaults(kind);
    const isEmpty = (value: unknown): boolean =>
      value === undefined || ['""', "[]", "{}"].includes(JSON.stringify(value));
    const ever = new Set(valuesOf(topologyOf(everything), kind).flatMap((written) => Object.keys(written)));
    assert.equal(
      [...ever].filter((key) => !(key in values) && !(key in CHART_DEFAULTS) && !isEmpty(defaults[key])),
      [],
    );
  });
}

test("what is left to the charts is what they say, each that has it", () => {
  for (const kind of KINDS) {
    const defaults = Object.entries(chartDefaults(kind)).filter(([key]) => key in CHART_DEFAULTS);
    assert.equal(
      defaults,
      Object.entries(CHART_DEFAULTS).filter(([key]) => defaults.some(([name]) => name === key)),
    );
  }
  const [values] = valuesOf(bare("service"), "service") as [Values];
  assert.equal(
    Object.keys(CHART_DEFAULTS).filter((key) => key in values || !(key in chartDefaults("service"))),
    [],
    "what a config that says nothing of it means",
  );
});

test("what a chart and the config both have a default for has one default", () => {
  const same = (value: unknown): string => JSON.stringify(value).replaceAll('"0%"', "0");
  const differing = KINDS.flatMap((kind) => {
    const [values] = valuesOf(bare(kind), kind) as [Values];
    const defaults = chartDefaults(kind);
    return Object.keys(values).filter((key) => key in defaults && same(values[key]) !== same(defaults[key]));
  });
  assert.equal([...new Set(differing)].sort(), Object.keys(BY_HAND).sort());
});

test.run();
