import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import type { PathSegment } from "../../compiler/diagnostics/config-path.ts";

/** The schema of the config, as tests walk it beside a config. */
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
  "x-eco-range"?: { atLeast?: string; atMost?: string };
}

export const root = JSON.parse(readFileSync(join(PACKAGE_ROOT, "schemas/ecosystem.schema.json"), "utf8")) as Schema;

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
export function branchOf(outer: Schema, value: unknown): Schema {
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

/** The definition's name, or the families of the reference, or what the values are. */
export const kindOf = (schema: Schema): string =>
  schema.$ref ?? schema["x-eco-ref"]?.join() ?? kindOfRest(resolve(schema));
const kindOfRest = ({ else: rest, type, enum: values }: Schema): string =>
  rest === undefined ? `${type}${JSON.stringify(values ?? "")}` : kindOf(rest);
