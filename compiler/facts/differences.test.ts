import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parsePath, valueAt, type PathSegment } from "../diagnostics/config-path.ts";
import { differsOf, fieldAt, isMerged, layersOf, merged, writtenAt } from "./differences.ts";

type Json = null | string | number | readonly Json[] | { [key: string]: Json };

/** Objects with few keys, so that what differs meets what is there; some say their kind. */
const json = fc.letrec<{ value: Json; object: { [key: string]: Json } }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(1, 2, "text", null),
    fc.array(fc.constantFrom<Json>(1, 2), { maxLength: 2 }),
    tie("object"),
    tie("object").map((object) => ({ ...object, kind: "one" })),
  ),
  object: fc.dictionary(fc.constantFrom("a", "b", "c", "in", "an odd.key"), tie("value"), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
}));

/** What a service itself writes has no null. */
const withoutNull = (value: Json): Json =>
  value === null
    ? 0
    : isMerged(value)
      ? Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withoutNull(child)]))
      : value;

const entry = fc
  .record({ own: json.object, inside: json.object, there: json.object })
  .map(({ own, inside, there }) => ({
    ...(withoutNull(own) as object),
    in: { production: inside },
    on: { paris: there },
  }));

/** RFC 7396, section 2, where an object that says its kind is no object. */
function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isMerged(patch)) return patch;
  const result: { [key: string]: Json } = isMerged(target) ? { ...(target as { [key: string]: Json }) } : {};
  for (const [key, value] of Object.entries(patch as { [key: string]: Json }))
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  return result;
}

const leaves = (value: unknown, path: PathSegment[] = []): PathSegment[][] =>
  isMerged(value) && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([key, child]) => leaves(child, [...path, key]))
    : [path];

test("layers are merge patches: the cluster's over the environment's over the entry", () =>
  fc.assert(
    fc.property(entry, (service) => {
      const expected = mergePatch(
        mergePatch(service as unknown as Json, service.in.production as Json),
        service.on.paris as Json,
      );
      assert.equal(merged(layersOf(service, "services.web", "production", "paris")), expected);
    }),
    { numRuns: 500 },
  ));

test("what no layer names is the entry itself, whatever other environments and clusters say", () =>
  fc.assert(
    fc.property(entry, (service) => {
      const layers = layersOf(service, "services.web", "staging", "oslo");
      assert.is(merged(layers), service);
      assert.equal(differsOf(layers), {});
    }),
  ));

test("each value stands where it is said to be written", () =>
  fc.assert(
    fc.property(entry, (service) => {
      const layers = layersOf(service, "services.web", "production", "paris");
      const { in: _, on: __, ...value } = merged<typeof service>(layers);
      const workload = { source: "services.web", differs: differsOf(layers) };
      for (const path of leaves(value)) {
        const found = valueAt(value, path);
        if (isMerged(found)) continue; // an empty object may be put together from several
        const config = { services: { web: service } };
        assert.equal(valueAt(config, parsePath(writtenAt(layers, path))), found, path.join(" "));
        assert.is(fieldAt(workload, ...path), writtenAt(layers, path));
      }
    }),
    { numRuns: 500 },
  ));

test("a name of every object is no environment", () => {
  assert.is(layersOf({ in: {} }, "services.web", "constructor", "toString").length, 1);
});

test.run();
