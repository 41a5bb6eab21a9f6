import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import type { PathSegment } from "../../compiler/diagnostics/config-path.ts";
import type { Random } from "./random.ts";

export interface Schema {
  $ref?: string;
  type?: string;
  enum?: readonly unknown[];
  const?: unknown;
  default?: unknown;
  examples?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  minItems?: number;
  properties?: Record<string, Schema>;
  required?: readonly string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  items?: Schema;
  oneOf?: readonly Schema[];
  discriminator?: { propertyName: string };
  if?: Schema;
  then?: Schema;
  else?: Schema;
  definitions?: Record<string, Schema>;
  "x-eco-ref"?: readonly string[];
  "x-eco-range"?: { atLeast?: string; atMost?: string };
}

const root = JSON.parse(readFileSync(join(PACKAGE_ROOT, "schemas/ecosystem.schema.json"), "utf8")) as Schema;

/** What a schema says together with what it refers to; the inner one's bounds give way to the outer one's. */
export const resolve = (schema: Schema): Schema =>
  schema.$ref === undefined
    ? schema
    : { ...root.definitions![schema.$ref.slice("#/definitions/".length)]!, ...schema, $ref: undefined };

/** A value of a config, where it stands and what may stand there. */
export interface Place {
  path: readonly PathSegment[];
  value: unknown;
  schema: Schema;
  /** What tells values of one kind: the definition's name, or the family of the reference. */
  kind: string;
}

/** Every place of a config that the schema knows. */
export function places(config: unknown): Place[] {
  const found: Place[] = [];
  const visit = (value: unknown, outer: Schema, path: readonly PathSegment[]): void => {
    const schema = branchOf(outer, value);
    if (path.length > 0) found.push({ path, value, schema, kind: kindOf(outer) });
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, schema.items ?? {}, [...path, index]));
    else if (value !== null && typeof value === "object") {
      for (const [key, child] of Object.entries(value)) {
        const declared = Object.hasOwn(schema.properties ?? {}, key)
          ? schema.properties![key]!
          : schema.additionalProperties;
        if (typeof declared === "object") visit(child, declared, [...path, key]);
      }
    }
  };
  visit(config, root, []);
  return found;
}

/** The alternative that a value is of. */
function branchOf(outer: Schema, value: unknown): Schema {
  const schema = resolve(outer);
  if (schema.oneOf !== undefined) {
    const tag = schema.discriminator!.propertyName;
    const given = value !== null && typeof value === "object" ? (value as Record<string, unknown>)[tag] : undefined;
    return branchOf(
      schema.oneOf.find((branch) => resolve(branch).properties?.[tag]?.const === given) ?? schema.oneOf[0]!,
      value,
    );
  }
  if (schema.if === undefined) return schema;
  const fits =
    schema.if.enum === undefined
      ? schema.if.type === (Array.isArray(value) ? "array" : typeof value)
      : schema.if.enum.includes(value);
  return branchOf((fits ? schema.then : schema.else) ?? schema.if, value);
}

const kindOf = (schema: Schema): string => schema.$ref ?? schema["x-eco-ref"]?.join() ?? kindOfRest(resolve(schema));
const kindOfRest = ({ else: rest, type, enum: values }: Schema): string =>
  rest === undefined ? `${type}${JSON.stringify(values ?? "")}` : kindOf(rest);

/** Values that configs have at places of one kind. */
export type Pool = ReadonlyMap<string, readonly unknown[]>;

export function poolOf(configs: readonly unknown[]): Pool {
  const pool = new Map<string, unknown[]>();
  for (const { kind, value } of configs.flatMap(places)) pool.set(kind, [...(pool.get(kind) ?? []), value]);
  return pool;
}

/** A value that the schema would take, mostly: from the pool, its examples, its bounds, or put together. */
export function valueFor(outer: Schema, random: Random, pool: Pool, depth = 0): unknown {
  const schema = resolve(outer);
  const known = pool.get(kindOf(outer)) ?? [];
  if (known.length > 0 && random.chance(depth > 3 ? 0.9 : 0.4)) return structuredClone(random.pick(known));
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return random.pick(schema.enum);
  if (schema.oneOf !== undefined) return valueFor(random.pick(schema.oneOf), random, pool, depth);
  if (schema.if !== undefined)
    return valueFor(random.chance(0.4) ? (schema.then ?? schema.if) : (schema.else ?? schema.if), random, pool, depth);
  switch (schema.type) {
    case "boolean":
      return random.chance(0.5);
    case "integer":
    case "number":
      return random.pick([schema.minimum ?? 0, schema.maximum ?? 9, 1 + random.below(9)]);
    case "string": {
      const { atLeast, atMost } = schema["x-eco-range"] ?? {};
      const texts = [...(schema.examples ?? []), schema.default, atLeast, atMost, ...known].filter(
        (text) => typeof text === "string",
      );
      return texts.length === 0 ? "text" : random.pick(texts);
    }
    case "array":
      return Array.from({ length: (schema.minItems ?? 0) + random.below(3) }, () =>
        valueFor(schema.items ?? {}, random, pool, depth + 1),
      );
    case "object":
      return objectFor(schema, random, pool, depth);
    default:
      return null;
  }
}

function objectFor(
  { properties = {}, required = [], additionalProperties }: Schema,
  random: Random,
  pool: Pool,
  depth: number,
): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(properties)) {
    if (required.includes(key) || random.chance(0.4 / (depth + 1)))
      object[key] = valueFor(child, random, pool, depth + 1);
  }
  if (typeof additionalProperties === "object") {
    for (let left = random.below(3); left > 0; left--)
      object[random.pick(["one", "two", "web", "data", "A_B", "x.y/z"])] = valueFor(
        additionalProperties,
        random,
        pool,
        depth + 1,
      );
  }
  return object;
}
