import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PathSegment } from "../diagnostics/config-path.ts";
import { differing } from "../facts/differences.ts";
import { isOfKind } from "../2-validate/kinds.ts";
import { PACKAGE_ROOT } from "../package-root.ts";

/** As much of JSON schema as `schemas/ecosystem.schema.json` uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  pattern?: string;
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
  "x-eco-differs"?: string;
  "x-eco-by-kind"?: Readonly<Record<string, Schema>>;
  "x-eco-range"?: { atLeast?: string; atMost?: string };
}

let schema: Schema | undefined;

/** The schema of the config, read when it is first asked for. */
export const root = (): Schema =>
  (schema ??= JSON.parse(readFileSync(join(PACKAGE_ROOT, "schemas/ecosystem.schema.json"), "utf8")) as Schema);

/** What a schema says together with what it refers to; the inner one's bounds give way to the outer one's. */
export const resolve = (schema: Schema): Schema => {
  const { $ref, "x-eco-differs": differing } = schema;
  if (differing !== undefined) return { ...differenceOf(differing), ...schema };
  return $ref === undefined
    ? schema
    : { ...root().definitions![$ref.slice("#/definitions/".length)]!, ...schema, $ref: undefined };
};

/** What may differ of a definition; none of its fields must. */
function differenceOf(name: string): Schema {
  const { properties, ...definition } = root().definitions![name]!;
  return { ...definition, required: [], properties: Object.fromEntries(differing(Object.entries(properties!))) };
}

/** A value of a config, where it stands and what may stand there. */
export interface Place {
  path: readonly PathSegment[];
  value: unknown;
  schema: Schema;
  /** What tells values of one kind: the definition's name, or the family of the reference. */
  kind: string;
  /** Whether it may be left out: a key that is not required, a name, an entry of a list. */
  optional: boolean;
}

/** Every place of a config that the schema knows, parents before their children. */
export function places(config: unknown): Place[] {
  const found: Place[] = [];
  const visit = (value: unknown, outer: Schema, path: readonly PathSegment[], optional: boolean): void => {
    const schema = branchOf(outer, value, config);
    if (path.length > 0) found.push({ path, value, schema, kind: kindOf(outer), optional });
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, schema.items ?? {}, [...path, index], true));
    else if (value !== null && typeof value === "object") {
      for (const [key, child] of Object.entries(value)) {
        const declared = Object.hasOwn(schema.properties ?? {}, key)
          ? schema.properties![key]!
          : schema.additionalProperties;
        if (typeof declared === "object")
          visit(child, declared, [...path, key], !(schema.required ?? []).includes(key));
      }
    }
  };
  visit(config, root(), [], false);
  return found;
}

/** The places whose value is no object and no list, or an empty one. */
export const leaves = (config: unknown): Place[] =>
  places(config).filter(({ value }) => value === null || typeof value !== "object" || Object.keys(value).length === 0);

/** The alternative that a value is of. */
export function branchOf(outer: Schema, value: unknown, config: unknown): Schema {
  const schema = resolve(outer);
  const byKind = schema["x-eco-by-kind"];
  if (byKind !== undefined) {
    const [[, first], ...others] = Object.entries(byKind) as [[string, Schema], ...[string, Schema][]];
    const branch = others.find(([kind]) => isOfKind(config, value, kind))?.[1] ?? first;
    return branchOf(branch, value, config);
  }
  if (schema.oneOf !== undefined) {
    const tag = schema.discriminator!.propertyName;
    const given = value !== null && typeof value === "object" ? (value as Record<string, unknown>)[tag] : undefined;
    return branchOf(
      schema.oneOf.find((branch) => resolve(branch).properties?.[tag]?.const === given) ?? schema.oneOf[0]!,
      value,
      config,
    );
  }
  if (schema.if === undefined) return schema;
  const fits =
    schema.if.required !== undefined
      ? schema.if.required.every((field) => Object.hasOwn(Object(value), field))
      : schema.if.enum === undefined
        ? schema.if.type === (Array.isArray(value) ? "array" : typeof value)
        : schema.if.enum.includes(value);
  return branchOf((fits ? schema.then : schema.else) ?? schema.if, value, config);
}

export const kindOf = (schema: Schema): string =>
  schema.$ref ?? schema["x-eco-ref"]?.join() ?? kindOfRest(resolve(schema));
const kindOfRest = ({ else: rest, type, enum: values }: Schema): string =>
  rest === undefined ? `${type}${JSON.stringify(values ?? "")}` : kindOf(rest);
