import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { formatPath, valueAt, type PathSegment } from "../../diagnostics/config-path.ts";
import { createValidator, schemasBelow, withConstraintTemplates } from "./index.ts";
import type { JsonSchema, RootSchema } from "./json-schema.ts";
import { checkSchema } from "./check-schema.ts";
import { custom } from "./test/custom.ts";
import { mutants } from "./test/mutants.ts";
import { native } from "./test/workloads.ts";

const good = [...native, ...custom];
const pinned = schemasBelow(join(import.meta.dirname, "../../../schemas/crds"));
const schemas = withConstraintTemplates(
  pinned,
  good.filter(({ kind }) => kind === "ConstraintTemplate"),
);
const validator = createValidator(schemas);

const accepts = suite("kubernetes: objects as their authors write them");
for (const object of good) {
  accepts(`${object.apiVersion} ${object.kind} ${object.metadata.name}`, () =>
    assert.equal(validator.validate(object), []),
  );
}
accepts.run();

const rejects = suite("kubernetes: one mistake is one violation, at its place");
for (const { kind, name, set, to, at = set, says } of mutants) {
  rejects(`${kind}: ${formatPath(set)} = ${JSON.stringify(to)}`, () => {
    const violations = validator.validate(replaced(goodObject(kind, name), set, to));
    assert.is(violations.length, 1, JSON.stringify(violations));
    assert.equal(violations[0]!.path, at);
    assert.match(violations[0]!.message, says);
  });
}
rejects.run();

const everywhere = suite("kubernetes: unknown fields");
everywhere("are caught in every closed object of every good object", () => {
  const places = good.flatMap((object) =>
    closedObjects(schemas(object.apiVersion, object.kind)!, object).map((path) => ({ object, path })),
  );
  assert.ok(places.length > 400, `only ${places.length} places`);
  const key = fc.stringMatching(/^[a-z]{3,12}$/).map((text) => `zz${text}`);
  const exotic = fc.constantFrom("toString", "__proto__", "hasOwnProperty", "", "a.b", "0");
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.oneof(key, exotic), fc.jsonValue(), ({ object, path }, field, value) => {
      const violations = validator.validate(replaced(object, [...path, field], value));
      const mine = violations.filter(({ path: where }) => formatPath(where) === formatPath([...path, field]));
      assert.is(mine.length, 1, `${object.kind} ${formatPath(path)}: ${JSON.stringify(violations)}`);
      assert.is(mine[0]!.keyword, "additionalProperties");
    }),
    { numRuns: 2000 },
  );
});
everywhere.run();

const verdicts = suite("kubernetes: the interpreter and ajv");
verdicts("agree on good objects with any one value replaced or removed", () => {
  const ajv = compiled();
  const places = good.flatMap((object) => allPaths(object).map((path) => ({ object, path })));
  const values = fc.oneof(
    fc.constant(undefined),
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(0, -1, 1.5, 2 ** 40, "", "1", "1Gi", "Always"),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), values, ({ object, path }, value) => {
      const changed = replaced(object, path, value);
      const own = checkSchema(schemas(object.apiVersion, object.kind)!, changed);
      assert.is(
        own.length === 0,
        ajv(object, changed),
        `${object.kind} ${formatPath(path)} = ${JSON.stringify(value)}: ${JSON.stringify(own)}`,
      );
    }),
    { numRuns: 3000 },
  );
});
verdicts("come for any object, however broken: rules never throw", () => {
  const places = good.flatMap((object) => allPaths(object).map((path) => ({ object, path })));
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.oneof(fc.jsonValue(), fc.constant(undefined)),
      ({ object, path }, value) => {
        for (const { message, path: where } of validator.validate(replaced(object, path, value)))
          assert.ok(message !== "" && Array.isArray(where));
      },
    ),
    { numRuns: 3000 },
  );
});
verdicts.run();

const kinds = suite("kubernetes: kinds");
kinds("without a schema are a violation, unless allowed", () => {
  const unknown = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "Widget" } };
  assert.equal(
    validator.validate(unknown).map(({ path }) => path),
    [["kind"], ["metadata", "name"]],
  );
  const lenient = createValidator(schemas, { unknownKinds: "allow" }).validate(unknown);
  assert.equal(
    lenient.map(({ path }) => path),
    [["metadata", "name"]],
  ); // what holds for every object still does
});
kinds("never become a path outside the schemas", () => {
  for (const [apiVersion, kind] of [
    ["../../../package", "x"],
    ["v1", "../v1/Pod"],
    ["..", "sources"],
    ["core/v1", "Pod/../Pod"],
  ] as const) {
    assert.is(pinned(apiVersion, kind), undefined);
  }
});
kinds("of constraints exist only with their template, when templates are given", () => {
  const constraint = {
    apiVersion: "constraints.gatekeeper.sh/v1beta1",
    kind: "Nobody",
    metadata: { name: "x" },
    spec: { parameters: { any: 1 } },
  };
  assert.is(validator.validate(constraint)[0]?.keyword, "kind");
  assert.equal(createValidator(pinned).validate(constraint), []);
});
kinds("are asked for once", () => {
  let asked = 0;
  const counting = createValidator((apiVersion, kind) => (asked++, pinned(apiVersion, kind)));
  for (let round = 0; round < 3; round++) counting.validate(native[0]);
  assert.is(asked, 1);
});
kinds("are needed to tell what an object is", () => {
  for (const value of [undefined, null, 3, "x", [], {}, { kind: "Pod" }])
    assert.is(validator.validate(value)[0]?.keyword, "type");
});
kinds.run();

function goodObject(kind: string, name?: string): KubernetesObject {
  const isWanted = (object: KubernetesObject): boolean =>
    kind === "Constraint"
      ? object.apiVersion.startsWith("constraints.")
      : object.kind === kind && (!name || object.metadata.name === name);
  return good.find(isWanted)!;
}

/** A copy with one value replaced, or removed where the value is undefined. */
function replaced(object: unknown, path: readonly PathSegment[], value: unknown): unknown {
  if (path.length === 0) return value;
  const [first, ...rest] = path as [PathSegment, ...PathSegment[]];
  if (Array.isArray(object))
    return object.map((entry: unknown, index) => (index === first ? replaced(entry, rest, value) : entry));
  const copy = new Map(Object.entries((object ?? {}) as Record<string, unknown>));
  if (rest.length === 0 && value === undefined) copy.delete(String(first));
  else copy.set(String(first), replaced(copy.get(String(first)), rest, value));
  return Object.fromEntries(copy); // defines own fields only, `__proto__` too
}

function allPaths(value: unknown, path: PathSegment[] = []): PathSegment[][] {
  if (value === null || typeof value !== "object") return [path];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [path, ...keys.flatMap((key) => allPaths(valueAt(value, [key]), [...path, key]))].filter(
    ({ length }) => length > 0,
  );
}

/** Where in a good object the schema takes no further field. */
function closedObjects({ $defs = {}, ...root }: RootSchema, object: unknown): PathSegment[][] {
  const found: PathSegment[][] = [];
  const walk = (node: JsonSchema, value: unknown, path: PathSegment[]): void => {
    let schema = node;
    while (schema.$ref) schema = $defs[schema.$ref.slice("#/$defs/".length)]!;
    if (Array.isArray(value))
      return value.forEach((entry: unknown, index) => schema.items && walk(schema.items, entry, [...path, index]));
    if (value === null || typeof value !== "object") return;
    if (schema.additionalProperties === false) found.push(path);
    for (const [key, field] of Object.entries(value)) {
      const child = schema.properties?.[key] ?? schema.additionalProperties;
      if (typeof child === "object") walk(child, field, [...path, key]);
    }
  };
  walk(root, object, []);
  return found;
}

/**
 * ajv over the same files. What JSON schema does not know, Kubernetes' formats and list keys, it takes from the
 * interpreter.
 */
function compiled(): (object: KubernetesObject, changed: unknown) => boolean {
  const ajv = new Ajv({ strict: false });
  const own = (keyword: string) => ({
    keyword,
    validate: (value: unknown, data: unknown) => checkSchema({ [keyword]: value }, data).length === 0,
  });
  ajv.addKeyword(own("x-kubernetes-list-map-keys"));
  ajv.removeKeyword("format").addKeyword(own("format"));
  const validators = new Map<string, (value: unknown) => boolean>();
  return ({ apiVersion, kind }, changed) => {
    const key = `${apiVersion} ${kind}`;
    if (!validators.has(key)) validators.set(key, ajv.compile(schemas(apiVersion, kind)!));
    return validators.get(key)!(changed);
  };
}
