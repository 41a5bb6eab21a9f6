import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { topologyOf } from "../../test/support/topology.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Registries as Config } from "../config/model/registries.ts";
import { registriesReader } from "./registries.ts";

const test = suite("where clusters pull images from");

const read = (registries?: Config) => registriesReader(registries === undefined ? {} : { registries });
const mirrorsOn = (registries: Config, environment = "staging", cluster = "test") =>
  read(registries)(environment, cluster).mirrors.map(({ source, from, to }) => [source, from, to]);

test("nothing is mirrored by default", () =>
  assert.equal(read()("staging", "test"), {
    source: "registries",
    form: "registries",
    mirrors: [],
    allowUpstream: false,
  }));

test("the narrowest place comes first, and `*` last, however they are written", () => {
  const mirror = { "*": "m.example/all/", "ghcr.io": "m.example/ghcr", "ghcr.io/acme": false, "quay.io": "q" } as const;
  assert.equal(mirrorsOn({ mirror }), [
    ['registries.mirror["ghcr.io/acme"]', "ghcr.io/acme", undefined],
    ['registries.mirror["ghcr.io"]', "ghcr.io", "m.example/ghcr"],
    ['registries.mirror["quay.io"]', "quay.io", "q"],
    ["registries.mirror.*", "*", "m.example/all"],
  ]);
});

const DIFFERENT: Config = {
  mirror: { "docker.io": "m.example/hub", "quay.io": "m.example/quay" },
  in: { staging: { mirror: { "docker.io": "s.example/hub", "quay.io": null }, allowUpstream: true } },
  on: { test: { mirror: { "docker.io": "t.example/hub" } } },
};
const PLACES: [environment: string, cluster: string, hub: string, quay: string | undefined, allowUpstream: boolean][] =
  [
    ["production", "main", "m.example/hub", "m.example/quay", false],
    ["staging", "other", "s.example/hub", undefined, true],
    ["staging", "test", "t.example/hub", undefined, true],
  ];
for (const [environment, cluster, hub, quay, allowUpstream] of PLACES)
  test(`${cluster} of ${environment} has its own`, () => {
    const { mirrors, ...registries } = read(DIFFERENT)(environment, cluster);
    const to = (place: string) => mirrors.find(({ from }) => from === place)?.to;
    assert.equal([to("docker.io"), to("quay.io"), registries.allowUpstream], [hub, quay, allowUpstream]);
  });

test("a mirror is told where it is written", () => {
  const [[source]] = mirrorsOn(DIFFERENT) as [string[]];
  assert.is(source, 'registries.on.test.mirror["docker.io"]');
});

test("clusters between which nothing differs share one", () => {
  const of = read({ mirror: { "docker.io": "m.example" }, in: { production: { allowUpstream: true } } });
  assert.is(of("staging", "one"), of("staging", "two"));
  assert.is.not(of("staging", "one"), of("production", "three"));
});

const DIGEST = `sha256:${"1".repeat(64)}` as const;
const { web } = base.services as { web: Ecosystem["services"][string] };
const shop: Ecosystem = {
  ...base,
  registries: { mirror: { "ghcr.io": "m.example/ghcr" }, on: { test: { mirror: { "ghcr.io": "t.example/ghcr" } } } },
  services: {
    ...base.services,
    web: {
      ...web,
      tag: "v1",
      init: [{ name: "migrate", image: "ghcr.io/acme/migrate", tag: "v2" }],
      sidecars: [{ name: "proxy", image: "registry.example/proxy", tag: "v3" }, { name: "same" }],
    },
    report: { team: "shop", kind: "job", image: "ghcr.io/acme/report", placement: "all" },
  },
};
const imagesOn = (name: string, on: string) => {
  const { workloads } = topologyOf(shop, { web: { production: DIGEST } });
  const { image, containers } = workloads.find(({ cluster, ...one }) => one.name === name && cluster.name === on)!;
  return [image, ...containers.map((one) => one.image)].map(({ repository, upstream, tag, digest }) => [
    repository,
    upstream,
    tag ?? digest,
  ]);
};

test("every container of a service is pulled from its cluster's mirror, by digest or by tag", () => {
  const rest = (at: string, version: string) => [
    [`${at}/acme/web`, "ghcr.io/acme/web", version],
    ["registry.example/proxy", "registry.example/proxy", "v3"],
    [`${at}/acme/web`, "ghcr.io/acme/web", version],
    [`${at}/acme/migrate`, "ghcr.io/acme/migrate", "v2"],
  ];
  assert.equal(imagesOn("web", "main"), rest("m.example/ghcr", DIGEST));
  assert.equal(imagesOn("web", "test"), rest("t.example/ghcr", "v1"));
});

test("so is a job's", () =>
  assert.equal(imagesOn("report", "test"), [["t.example/ghcr/acme/report", "ghcr.io/acme/report", undefined]]));

test.run();
