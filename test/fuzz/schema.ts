import { kindOf, places, resolve, type Schema } from "../../compiler/provenance/places.ts";
import type { Random } from "./random.ts";

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
