import { suite } from "uvu";
import * as assert from "uvu/assert";
import { brief } from "../../test/errors/example.ts";
import { base } from "../../test/errors/base.ts";
import { validate } from "../2-validate/index.ts";
import { lower } from "../3-lower/index.ts";
import { resolve } from "../5-emit/contribute.ts";
import { defineTarget, type ContributedAddon } from "../5-emit/target.ts";
import { Choices, giveUp, NOTHING_LOCKED, type Lock } from "./choices.ts";
import { MINOR, versionOf } from "./forms.ts";
import { dangerOf, upgradable, versionsIn, type Scope } from "./upgrade.ts";

const test = suite("upgrade");

const LOCK: Lock = {
  "clouds.gcp.provider": "~> 6.50",
  "clouds.gcp.regions.europe-west1.subnet.pods": "100.64.0.0/17",
  "clouds.gcp.stateStore.region": "europe-west1",
  "clouds.gcp-staging.provider": "~> 6.50",
  "clouds.aws.provider": "~> 6.25",
  "clusters.main.version": "1.33",
  "clusters.test.version": "1.33",
  compiler: "0.1.0",
  "environments.production.charts.prometheus": "88.0.0",
  "environments.production.components": "0.1.0",
  "environments.production.production": true,
  "environments.staging.charts.istiod": "1.30.0",
  "environments.staging.charts.prometheus": "88.0.0",
};
const PLACED = {
  clusters: {
    main: { cloud: "gcp", environment: "production" },
    test: { cloud: "gcp", environment: "staging" },
    other: { cloud: "aws", environment: "staging" },
    early: { cloud: "gcp-staging", environment: "staging" },
  },
};

const SCOPES: readonly (readonly [Scope, string[]])[] = [
  [{ what: "kubernetes" }, ["clusters.main.version", "clusters.test.version"]],
  [{ what: "kubernetes", environment: "staging" }, ["clusters.test.version"]],
  [{ what: "prometheus" }, ["environments.production.charts.prometheus", "environments.staging.charts.prometheus"]],
  [
    { what: "charts", environment: "staging" },
    ["environments.staging.charts.istiod", "environments.staging.charts.prometheus"],
  ],
  [{ what: "providers" }, ["clouds.gcp.provider", "clouds.gcp-staging.provider", "clouds.aws.provider"]],
  // gcp has clusters of both: production would see it change. The account of staging has its own.
  [{ what: "providers", environment: "staging" }, ["clouds.gcp-staging.provider", "clouds.aws.provider"]],
  [{ what: "compiler" }, ["compiler"]],
  [{ what: "compiler", environment: "staging" }, []],
  [
    { environment: "production" },
    ["clusters.main.version", "environments.production.charts.prometheus", "environments.production.components"],
  ],
];
for (const [scope, paths] of SCOPES) {
  test(`takes newer ones of ${JSON.stringify(scope)}`, () => assert.equal(versionsIn(LOCK, PLACED, scope), paths));
}

test("addresses, states and who approves are no versions", () => {
  const all = versionsIn(LOCK, PLACED, {});
  assert.equal(
    Object.keys(LOCK).filter((path) => !all.includes(path)),
    [
      "clouds.gcp.regions.europe-west1.subnet.pods",
      "clouds.gcp.stateStore.region",
      "environments.production.production",
    ],
  );
});

test("what can be asked for", () => {
  assert.equal(upgradable(LOCK, PLACED), [
    "providers",
    "kubernetes",
    "compiler",
    "charts",
    "prometheus",
    "components",
    "istiod",
  ]);
});

test("each danger is said of what it is about", () => {
  for (const path of [
    "a.subnet.pods",
    "a.subnet.parts",
    "a.subnet.partOf.z",
    "a.zones",
    "a.stateStore.region",
    "clusters.a.cloud",
    "a.approval",
  ])
    assert.ok(dangerOf(path), path);
  for (const path of ["clusters.a.version", "environments.a.charts.b", "compiler"])
    assert.is(dangerOf(path), undefined);
});

test("what is given up is chosen anew, and nothing else", () => {
  const choices = new Choices(
    giveUp({ choices: { "a.version": "1.30", "b.version": "1.30" }, origin: "lock" }, ["a.version"]),
  );
  const now = () => "1.35";
  const after = (old: string) => `${old.slice(0, -1)}1`;
  assert.is(choices.read("a.version", MINOR, { now, after }), "1.31");
  assert.is(choices.read("b.version", MINOR, { now, after }), "1.30");
  assert.is(choices.read("c.version", MINOR, { now, after }), "1.35");
});

test("what is chosen for a config can be read back, however its registry is written", () => {
  for (const registry of ["ghcr.io/acme/", "localhost:5000", "Registry.example/a/b"].map((name) =>
    name.toLowerCase(),
  )) {
    const validated = validate({
      config: { ...base, delivery: { registries: [registry] } },
      images: undefined,
      tuning: undefined,
    });
    assert.equal(brief(validated.diagnostics.filter(({ severity }) => severity === "error")), []);
    const first = new Choices(NOTHING_LOCKED);
    const again = new Choices({ choices: (lower(validated, "current", first), first.lock), origin: "lock" });
    assert.not.match(lower(validated, "current", again).componentRegistry, /\/$/);
    assert.equal(again.diagnostics, []);
    assert.equal(again.lock, first.lock);
  }
});

test("a control plane goes up one minor after another", () => {
  const { version: _, ...main } = base.clusters["main"]!;
  const config = { ...base, clusters: { ...base.clusters, main } };
  const validated = validate({ config, images: undefined, tuning: undefined });
  const of = (choices: Choices) =>
    lower(validated, "current", choices).clusters.find(({ name }) => name === "main")!.version;
  const after = (version: string) =>
    of(
      new Choices(giveUp({ choices: { "clusters.main.version": version }, origin: "lock" }, ["clusters.main.version"])),
    );
  const newest = of(new Choices(NOTHING_LOCKED));
  assert.equal([after("1.30"), after(newest)], ["1.31", newest]);
});

test("environments take a chart's newer version one after another", () => {
  const addon = (cluster: ContributedAddon["cluster"]): ContributedAddon => ({
    name: "clock",
    cluster,
    namespace: "clock",
    stage: "controllers",
    chart: {
      repository: "https://charts.example.com",
      name: "clock",
      version: "2.1.0",
      since: "2.0.0",
      app: { version: "v7.1.0", since: "v7.0.0", value: ["image", "tag"] },
    },
    values: { image: { repository: "clock" } },
  });
  const clock = defineTarget({
    name: "clock",
    summary: "tells the time",
    contribute: ({ clusters }) => ({ addons: clusters.map(addon) }),
  });
  const validated = validate({ config: base, images: undefined, tuning: undefined });
  const versions = (choices: Lock, rechoose: readonly string[] = []) => {
    const locked = giveUp({ choices, origin: "lock" }, rechoose);
    const { topology, diagnostics } = resolve({ ...validated, locked }, [clock]);
    assert.equal(brief(diagnostics.filter(({ id }) => id.startsWith("lock/"))), []);
    return topology.platform.addons.map(
      ({ cluster, chart, values }) => `${cluster} ${chart!.version} ${JSON.stringify(values)}`,
    );
  };
  const old = {
    "environments.staging.charts.clock": "2.0.0",
    "environments.production.charts.clock": "2.0.0",
    "environments.staging.apps.clock": "v7.0.0",
    "environments.production.apps.clock": "v7.0.0",
  };
  const image = (tag: string) => `{"image":{"repository":"clock","tag":"${tag}"}}`;
  assert.equal(versions(old), [`main 2.0.0 ${image("v7.0.0")}`, `test 2.0.0 ${image("v7.0.0")}`]);
  const staging = versionsIn(old, PLACED, { what: "clock", environment: "staging" });
  assert.equal(versions(old, staging), [`main 2.0.0 ${image("v7.0.0")}`, `test 2.1.0 ${image("v7.1.0")}`]);
  assert.not(versionOf({ name: "clock", version: "2.1.0", since: "2.0.0" }).fits("1.9.0"));
  assert.not(versionOf({ name: "clock", version: "2.1.0" }).fits("2.0.0"));
});

test.run();
