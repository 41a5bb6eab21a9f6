import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Registries } from "../topology/registries.ts";
import { isWithin, withoutVersion } from "./image-names.ts";
import { mirroredPlaces, pulledFrom, servedAt } from "./mirrors.ts";

const test = suite("mirrors of registries");

/** In the order in which lower brings them: the narrowest first. */
const registriesOf = (mirror: Record<string, string | false>, allowUpstream = false): Registries => ({
  source: "registries",
  form: "registries",
  allowUpstream,
  mirrors: Object.entries(mirror)
    .map(([from, to]) => ({ source: `registries.mirror["${from}"]`, from, ...(to === false ? {} : { to }) }))
    .sort(({ from: a }, { from: b }) => Number(a === "*") - Number(b === "*") || b.length - a.length),
});

const DIGEST = `sha256:${"a".repeat(64)}`;
const SOME = registriesOf({
  "docker.io": "m.example/hub",
  "docker.io/istio": "m.example/mesh",
  "ghcr.io": "m.example:5000/ghcr",
  "ghcr.io/acme": false,
  "r.example:8443": "m.example/r",
});
const REST = registriesOf({ "*": "m.example/all", "quay.io": "m.example/quay", "ghcr.io/acme": false });

const PULLED: [what: string, registries: Registries, image: string, pulled: string][] = [
  ["a registry", SOME, "ghcr.io/kedacore/keda", "m.example:5000/ghcr/kedacore/keda"],
  ["with its tag", SOME, "ghcr.io/kedacore/keda:2.20.2", "m.example:5000/ghcr/kedacore/keda:2.20.2"],
  ["with its digest", SOME, `ghcr.io/kedacore/keda@${DIGEST}`, `m.example:5000/ghcr/kedacore/keda@${DIGEST}`],
  ["with both", SOME, `ghcr.io/kedacore/keda:2@${DIGEST}`, `m.example:5000/ghcr/kedacore/keda:2@${DIGEST}`],
  ["an image of Docker Hub without its name", SOME, "acme/web:v1", "m.example/hub/acme/web:v1"],
  ["one that Docker made", SOME, "redis", "m.example/hub/library/redis"],
  ["one that Docker made, with its tag", SOME, "redis:8", "m.example/hub/library/redis:8"],
  ["the narrower place", SOME, "docker.io/istio/proxyv2", "m.example/mesh/proxyv2"],
  ["the place itself", SOME, "docker.io/istio", "m.example/mesh"],
  ["another one that only begins so", SOME, "docker.io/istio-evil/proxyv2", "m.example/hub/istio-evil/proxyv2"],
  ["left where it is", SOME, "ghcr.io/acme/web:v1", "ghcr.io/acme/web:v1"],
  ["without a mirror", SOME, "quay.io/acme/web", "quay.io/acme/web"],
  ["a registry with its port", SOME, "r.example:8443/web:v1", "m.example/r/web:v1"],
  ["the same host at another port", SOME, "r.example/web", "r.example/web"],
  ["what is of the mirror already", SOME, "m.example/hub/acme/web", "m.example/hub/acme/web"],
  ["every other one, behind its registry", REST, "registry.k8s.io/pause:3", "m.example/all/registry.k8s.io/pause:3"],
  ["every other one, Docker Hub too", REST, "redis", "m.example/all/docker.io/library/redis"],
  ["beside every other one, its own", REST, "quay.io/acme/web", "m.example/quay/acme/web"],
  ["left, beside every other one", REST, "ghcr.io/acme/web", "ghcr.io/acme/web"],
  ["of the mirror of every other one", REST, "m.example/all/ghcr.io/x/y", "m.example/all/ghcr.io/x/y"],
  ["of a mirror, mirrored by every other one", REST, "m.example/quay/x", "m.example/quay/x"],
];
for (const [what, registries, image, pulled] of PULLED)
  test(`${what}: ${image}`, () => assert.is(pulledFrom(image, registries), pulled));

const PLACES: [what: string, registries: Registries, places: string[], allowed: string[]][] = [
  ["no mirror", registriesOf({}), ["ghcr.io/acme/", "docker.io"], ["ghcr.io/acme/", "docker.io"]],
  ["the mirror's part of it", SOME, ["ghcr.io/kedacore/"], ["m.example:5000/ghcr/kedacore"]],
  ["parts with mirrors of their own", SOME, ["docker.io"], ["m.example/hub", "m.example/mesh"]],
  ["a part that is left", SOME, ["ghcr.io"], ["m.example:5000/ghcr", "ghcr.io/acme"]],
  ["what is left", SOME, ["ghcr.io/acme"], ["ghcr.io/acme"]],
  ["every other one", REST, ["r.example:8443/a"], ["m.example/all/r.example:8443/a"]],
  ["the mirror itself", SOME, ["m.example/hub/acme"], ["m.example/hub/acme"]],
  [
    "the mirror's registry",
    registriesOf({ "*": "m.example/all" }),
    ["m.example"],
    ["m.example/all/m.example", "m.example/all"],
  ],
  ["the upstream too", registriesOf({ "ghcr.io": "m.example" }, true), ["ghcr.io/a"], ["ghcr.io/a", "m.example/a"]],
];
for (const [what, registries, places, allowed] of PLACES)
  test(`allowed, ${what}: ${places.join(", ")}`, () => assert.equal(mirroredPlaces(places, registries), allowed));

const SERVED: [place: string, upstream: string[]][] = [
  ["m.example", ["quay.io", "*"]],
  ["m.example/quay", ["quay.io"]],
  ["m.example/quay/acme", ["quay.io/acme"]],
  ["m.example/all/ghcr.io", ["ghcr.io"]],
  ["m.example/other", []],
  ["ghcr.io/acme", []],
];
for (const [place, upstream] of SERVED)
  test(`what ${place} serves`, () =>
    assert.equal(
      servedAt(place, REST).map((one) => one.upstream),
      upstream,
    ));

const host = fc.constantFrom("a.example", "b.example:5000", "docker.io", "localhost");
const part = fc.constantFrom("x", "y", "z");
const place = fc.tuple(host, fc.array(part, { maxLength: 2 })).map(([first, rest]) => [first, ...rest].join("/"));
const image = fc
  .tuple(place, part, fc.constantFrom("", ":v1", `@${DIGEST}`, `:v1@${DIGEST}`))
  .map(([at, name, version]) => ({ name: `${at}/${name}`, version }));
const registries = fc
  .tuple(
    fc.dictionary(fc.oneof(place, fc.constant("*")), fc.oneof(place, fc.constant(false as const)), { maxKeys: 5 }),
    fc.boolean(),
  )
  .map(([mirror, allowUpstream]) => registriesOf(mirror, allowUpstream));

test("once pulled from a mirror, an image stays there, in its version", () => {
  fc.assert(
    fc.property(image, registries, ({ name, version }, registries) => {
      const pulled = pulledFrom(name + version, registries);
      assert.is(pulled, pulledFrom(name, registries) + version);
      assert.is(withoutVersion(pulled) + version, pulled);
      if (registries.mirrors.some(({ to }) => to !== undefined && `${pulled}/`.startsWith(`${to}/`)))
        assert.is(pulledFrom(pulled, registries), pulled);
    }),
  );
});

test("what may come from a place may come from where it is pulled", () => {
  fc.assert(
    fc.property(image, fc.array(place, { maxLength: 3 }), registries, ({ name, version }, allowed, registries) => {
      fc.pre(isWithin(name, allowed));
      assert.ok(isWithin(pulledFrom(name + version, registries), mirroredPlaces(allowed, registries)));
    }),
  );
});

test("with a place for each registry, what is pulled from an allowed place was allowed", () => {
  const mirror = { "a.example": "m.example/a", "docker.io": "m.example/hub", "*": "m.example/all" };
  fc.assert(
    fc.property(image, fc.array(place, { maxLength: 3 }), ({ name, version }, allowed) => {
      const registries = registriesOf(mirror);
      const admitted = isWithin(pulledFrom(name + version, registries), mirroredPlaces(allowed, registries));
      assert.is(admitted, isWithin(name, allowed));
    }),
  );
});

test.run();
