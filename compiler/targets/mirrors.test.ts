import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { validatedProject } from "../../test/support/topology.ts";
import { packageLibrary } from "../1-load/package-library.ts";
import { validate } from "../2-validate/index.ts";
import type { LowerInputs } from "../2-validate/validated.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Registries as Config } from "../config/model/registries.ts";
import { parsePath, valueAt } from "../diagnostics/config-path.ts";
import { resolve } from "../5-emit/contribute.ts";
import type { ChartImage, ImageValues } from "../5-emit/chart-images.ts";
import { emit } from "../5-emit/index.ts";
import { isWithin } from "../facts/image-names.ts";
import { pulledFrom } from "../facts/mirrors.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { policyData } from "../policy/data.ts";
import { clusterParameters } from "../policy/parameters.ts";
import { textOf } from "../provenance/ablation.ts";
import type { Addon } from "../topology/addons.ts";
import { everywhere } from "../../scripts/everything/everywhere.ts";
import { targets } from "./registry.ts";

/** Everything that clusters pull obeys their mirrors: add-ons, services, components of our own, and what policies let in. */
const test = suite("mirrors of registries, in what is written");

/** The reference, with a service that KEDA scales and one whose requests are recommended, so that it has every add-on. */
const reference = await (async () => {
  const validated = await validatedProject();
  const { services } = validated.ecosystem;
  const { storefront } = services as { storefront: Ecosystem["services"][string] };
  const hours = { kind: "schedule", from: "0 8 * * *", to: "0 18 * * *", timeZone: "UTC", pods: 3 } as const;
  const scaled = {
    ...storefront,
    scaling: { ...storefront.scaling, triggers: { hours } },
    resources: { ...storefront.resources, recommend: true },
  };
  return {
    ...validated,
    ecosystem: { ...validated.ecosystem, services: { ...services, storefront: scaled } as never },
  };
})();
const withRegistries = (validated: LowerInputs, registries: Config | undefined): LowerInputs => ({
  ...validated,
  ecosystem: { ...validated.ecosystem, registries } as Ecosystem,
});
const resolved = (registries?: Config) => resolve(withRegistries(reference, registries), targets);
const EVERYTHING = { "*": "mirror.example/all" } as const;

/** What targets say of their charts' images, each once. */
const contributed = (() => {
  const { topology, active } = resolved();
  const addons = active.flatMap(({ target, options }) => target.contribute?.(topology, options).addons ?? []);
  return [...new Map(addons.map((addon) => [addon.name, addon])).values()].filter(
    ({ images = [] }) => images.length > 0,
  );
})();

/** The image that values name at these places. */
function namedBy(values: unknown, places: ImageValues, name: string): unknown {
  const at = (path: string) => valueAt(values, parsePath(path));
  if ("whole" in places) return at(places.whole);
  if ("registry" in places) return `${at(places.registry)}/${at(places.repository)}`;
  return `${at(places.hub)}/${at(places.name) ?? name.slice(name.lastIndexOf("/") + 1)}`;
}

test("every add-on with a chart is in the table below", () => {
  assert.equal(contributed.map(({ name }) => name).sort(), [
    "argo-cd",
    "argo-rollouts",
    "chaos-mesh",
    "gatekeeper",
    "istio-cni",
    "istiod",
    "keda",
    "prometheus",
    "source-controller",
    "tofu-controller",
    "vertical-pod-autoscaler",
  ]);
});

test("no add-on of a target has an image without a value, whatever a config has", () => {
  const texts = everywhere.flatMap((config) => {
    const { topology, active } = resolve(validate({ config, images: {}, tuning: undefined }), targets);
    return active
      .flatMap(({ target, options }) => target.contribute?.(topology, options).addons ?? [])
      .flatMap(({ images = [] }) => images.filter((image) => typeof image === "string"));
  });
  assert.equal(texts, []);
});

for (const { name, images = [] } of contributed) {
  test(`${name}: each of its images moves, by values of its chart`, () => {
    const { platform } = resolved({ mirror: EVERYTHING }).topology;
    const addon = platform.addons.find((one) => one.name === name)!;
    for (const image of images as ChartImage[]) {
      assert.is.not(typeof image, "string", `${String(image)} has no value`);
      const mirrored = `mirror.example/all/${image.name}`;
      assert.ok(addon.images!.includes(mirrored), image.name);
      assert.is(addon.upstream![mirrored], image.name);
      assert.ok(image.values.length > 0);
      for (const places of image.values) assert.is(namedBy(addon.values, places, image.name), mirrored);
    }
  });

  test(`${name}: each may move alone`, () => {
    for (const { name: image, values } of images as ChartImage[]) {
      const { platform } = resolved({ mirror: { [image]: "mirror.example/other/name" } }).topology;
      const addon = platform.addons.find((one) => one.name === name)!;
      for (const places of values) assert.is(namedBy(addon.values, places, image), "mirror.example/other/name");
      const others = (images as ChartImage[]).filter((other) => other.name !== image);
      for (const other of others) assert.ok(addon.images!.includes(other.name), `${other.name} stays`);
      for (const other of others)
        for (const places of other.values)
          assert.not.match(String(namedBy(addon.values, places, other.name)), "mirror.example");
    }
  });
}

test("without a mirror, no value and no word of it is written", () => {
  const plain = resolved().topology.platform.addons;
  assert.equal(resolved({ mirror: { "nowhere.example": "mirror.example" } }).topology.platform.addons, plain);
  assert.not.ok(plain.some(({ upstream }) => upstream !== undefined));
});

/** The registries that anything of the reference is pulled from. */
const hosts = (() => {
  const { topology } = resolved();
  const images = [
    ...topology.platform.addons.flatMap((addon: Addon) => addon.images ?? []),
    ...topology.workloads
      .flatMap(({ image, containers }) => [image, ...containers.map((one) => one.image)])
      .map(({ upstream }) => upstream),
    topology.componentRegistry,
  ];
  return [...new Set(images.map((image) => image.slice(0, image.indexOf("/"))))].sort();
})();

test("with a mirror of everything, nothing that is written names an image of another registry", () => {
  assert.ok(hosts.length > 4, hosts.join(" "));
  const { topology, active } = resolved({ mirror: EVERYTHING });
  const named = new RegExp(`(?<!all/)(?<![\\w.-])(?:${hosts.join("|")})(?:/[\\w./-]*|(?=["\\s]|$))`, "gm");
  const left = emit(topology, active, packageLibrary(PACKAGE_ROOT))
    .artifacts.filter(({ path }) => !path.endsWith("gatekeeper-policies/manifests/templates.yaml")) // Rego, with its examples
    .flatMap(({ path, body }) => [...textOf(body).matchAll(named)].map(([found]) => `${path}: ${found}`));
  assert.equal(left, []);
});

test("with a mirror for each cluster, what is written for a cluster names its own", () => {
  const { main, test } = base.clusters as Record<"main" | "test", Ecosystem["clusters"][string]>;
  const config: Ecosystem = {
    ...base,
    environments: { staging: {} }, // one for both: nothing else differs between them
    clusters: { main: { ...main, environment: "staging" }, test },
    registries: {
      on: { main: { mirror: { "*": "main.example/all" } }, test: { mirror: { "*": "test.example:5000" } } },
    },
  };
  const { topology, active } = resolve(validate({ config, images: {}, tuning: undefined }), targets);
  let count = 0;
  for (const { path, body } of emit(topology, active, packageLibrary(PACKAGE_ROOT)).artifacts) {
    const [, cluster] = /^generated\/clusters\/([^/]+)\//.exec(path) ?? [];
    for (const [, mirror] of cluster === undefined ? [] : textOf(body).matchAll(/\b(main|test)\.example\b/g)) {
      assert.is(mirror, cluster, path);
      count += 1;
    }
  }
  assert.ok(count > 40, String(count));
});

const place = fc.constantFrom(
  ...hosts,
  "quay.io/argoproj",
  "docker.io/istio",
  "ghcr.io/chaos-mesh",
  "ghcr.io/acme",
  "*",
);
const to = fc.oneof(
  fc.constantFrom("m.example", "m.example:5000/a", "n.example/b/c").map((at) => at as string | false),
  fc.constant(false as const),
);

test("random mirrors: each image is pulled from its own, on each cluster, and admission lets it in", () => {
  const validated = validate({ config: base, images: {}, tuning: undefined });
  const plain = resolve(validated, targets).topology;
  const key = ({ name, cluster }: { name: string; cluster: string }) => `${cluster} ${name}`;
  const before = new Map(plain.platform.addons.map((addon) => [key(addon), addon]));
  const mirror = fc.dictionary(place, to, { maxKeys: 4 });
  fc.assert(
    fc.property(mirror, mirror, fc.boolean(), (everywhere, onTest, allowUpstream) => {
      const registries = { mirror: everywhere, allowUpstream, on: { test: { mirror: onTest } } } as Config;
      const { topology } = resolve(withRegistries(validated, registries), targets);
      const data = policyData(topology, [], []);
      for (const cluster of topology.clusters) {
        const allowed = clusterParameters(data, cluster.name).allowed_registries!;
        for (const { image } of topology.workloads.filter((one) => one.cluster.name === cluster.name)) {
          assert.is(image.repository, pulledFrom(image.upstream, cluster.registries));
          assert.ok(isWithin(image.repository, allowed), image.repository);
          if (allowUpstream) assert.ok(isWithin(image.upstream, allowed), image.upstream);
        }
        for (const addon of topology.platform.addons.filter((one) => one.cluster === cluster.name)) {
          const { images, injects } = before.get(key(addon))!;
          assert.equal(
            addon.images,
            images?.map((image) => pulledFrom(image, cluster.registries)),
          );
          for (const image of addon.injects?.images ?? []) {
            assert.ok(addon.images!.includes(image));
            assert.ok(isWithin(image, allowed));
          }
          if (allowUpstream) for (const image of injects?.images ?? []) assert.ok(isWithin(image, allowed));
        }
      }
    }),
    { numRuns: 60 },
  );
});

const parametersOn = (cluster: string, registries: Config) =>
  clusterParameters(
    policyData(
      resolve(withRegistries(validate({ config: base, images: {}, tuning: undefined }), registries), targets).topology,
      [],
      [],
    ),
    cluster,
  );

const ALLOWED: [what: string, registries: Config, cluster: string, allowed: string[], exempt: string[]][] = [
  ["nothing", {}, "main", ["ghcr.io/acme", "docker.io/istio/proxyv2"], ["docker.io/istio/proxyv2"]],
  [
    "both registries",
    { mirror: { "ghcr.io": "m.example/ghcr", "docker.io": "m.example/hub" } },
    "main",
    ["m.example/ghcr/acme", "m.example/hub/istio/proxyv2"],
    ["m.example/hub/istio/proxyv2"],
  ],
  [
    "the sidecars', with those of before it",
    { mirror: { "docker.io": "m.example/hub" }, allowUpstream: true },
    "main",
    ["ghcr.io/acme", "docker.io/istio/proxyv2", "m.example/hub/istio/proxyv2"],
    ["docker.io/istio/proxyv2", "m.example/hub/istio/proxyv2"],
  ],
  [
    "one on another cluster",
    { mirror: { "ghcr.io": "m.example/ghcr" }, on: { test: { mirror: { "ghcr.io": "t.example/ghcr" } } } },
    "test",
    ["t.example/ghcr/acme", "docker.io/istio/proxyv2"],
    ["docker.io/istio/proxyv2"],
  ],
];
for (const [what, registries, cluster, allowed, exempt] of ALLOWED)
  test(`policies let in what is pulled where a mirror has ${what}`, () => {
    const { allowed_registries, digest_exempt_images } = parametersOn(cluster, registries);
    assert.equal(allowed_registries, allowed);
    assert.equal(digest_exempt_images, exempt);
  });

test.run();
