import { declaredNames } from "../../compiler/2-validate/references.ts";
import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";
import { branchOf, resolve, root, type Schema } from "../../compiler/provenance/places.ts";
import type { Family } from "../../compiler/config/names.ts";

type Fields = Record<string, unknown>;

/**
 * A config with every field that nothing in it writes: each is added at the first place that takes it, with a value
 * that its schema shows and that is not its default. So a new field has no line to add by hand here, unless it has to go
 * with others or its schema shows nothing.
 */
export function completed<T extends object>(config: T): T {
  const whole = structuredClone(config);
  const written = new Set<string>();
  walk(whole, whole, root(), "", ({ pattern }) => written.add(pattern));
  walk(whole, whole, root(), "", ({ value, schema, pattern }) => {
    if (!isObject(value)) return;
    for (const [key, field] of Object.entries(schema.properties ?? {})) {
      const own = below(schema, pattern, key);
      if (written.has(own) || own.startsWith("targets.")) continue;
      value[key] = shownBy(field, own, whole);
      walk(whole, value[key], field, own, (inner) => written.add(inner.pattern));
    }
  });
  return whole;
}

interface Visited {
  value: unknown;
  /** The alternative of its schema that the value is of. */
  schema: Schema;
  /** As in the list of fields: `services.*.dependsOn[*].port`. */
  pattern: string;
}

function walk(config: object, value: unknown, outer: Schema, place: string, visit: (visited: Visited) => void): void {
  const schema = branchOf(outer, value, config);
  // What differs of an entry is a field of the entry.
  const pattern = schema["x-eco-differs"] === undefined ? place : place.replace(/\.\w+\.\*$/, "");
  visit({ value, schema, pattern });
  if (Array.isArray(value)) for (const item of value) walk(config, item, schema.items ?? {}, `${pattern}[*]`, visit);
  else if (isObject(value)) {
    for (const [key, child] of Object.entries(value)) {
      const field = schema.properties?.[key] ?? schema.additionalProperties;
      if (typeof field === "object") walk(config, child, field, below(schema, pattern, key), visit);
    }
  }
}

/** The pattern of a key; entries of a record that the schema names one by one are entries like any other. */
const below = ({ additionalProperties }: Schema, pattern: string, key: string): string =>
  typeof additionalProperties === "object" ? `${pattern}.*` : pattern === "" ? key : `${pattern}.${key}`;
const isObject = (value: unknown): value is Fields =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** A value that a schema shows: an example, another literal than the default, a declared name, or made of such. */
function shownBy(outer: Schema, pattern: string, config: object): unknown {
  const schema = resolve(outer);
  const {
    default: fallback,
    examples = [],
    enum: literals = [],
    properties = {},
    additionalProperties,
    items,
    oneOf,
  } = schema;
  const inside = (child: Schema, step: string): unknown => shownBy(child, pattern + step, config);
  if (schema["x-eco-ref"] !== undefined) return declaredName(schema["x-eco-ref"] as Family[], config);
  if (schema.const !== undefined) return schema.const;
  if (schema.type === "boolean") return fallback !== true;
  const { minimum, maximum } = schema;
  const shown = [...examples, ...literals, minimum, maximum].find(
    (value) => value !== undefined && JSON.stringify(value) !== JSON.stringify(fallback),
  );
  if (shown !== undefined) return structuredClone(shown);
  if (oneOf !== undefined) return inside(oneOf[0]!, "");
  if (schema.if !== undefined) return inside((schema.else ?? schema.then)!, "");
  if (items !== undefined) return [inside(items, "[*]")];
  if (typeof additionalProperties === "object")
    return { [String(schema.propertyNames?.examples?.[0] ?? "example")]: inside(additionalProperties, ".*") };
  if (schema.type === "object")
    return Object.fromEntries(Object.entries(properties).map(([key, child]) => [key, inside(child, `.${key}`)]));
  throw new Error(`write ${pattern} in everything.ts: its schema shows no value that is not its default`);
}

/** The first name of the first family that declares any. */
const declaredName = (referred: readonly Family[], config: object): string | undefined =>
  referred.flatMap((family) => declaredNames(config as Ecosystem, family))[0];
