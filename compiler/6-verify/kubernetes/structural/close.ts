import { withKnownFormats } from "./known-fields.ts";
import { javaScriptPattern } from "./pattern.ts";
import type { Schema } from "./schema.ts";

/**
 * What Kubernetes' schemas leave to the server's pruning, said in the schema itself: an object takes the fields it
 * names and no other, unless it is a map or preserves unknown fields. Words for people, defaults and hints for patching
 * are dropped. Structural schemas:
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function close(schema: Schema): Schema {
  if (schema.$ref) return { $ref: schema.$ref };
  const closed: Schema = { ...validations(schema), ...type(schema) };
  if (schema["x-kubernetes-embedded-resource"]) {
    closed.required = [...new Set(["apiVersion", "kind", ...(closed.required ?? [])])];
  }
  if (schema.properties)
    closed.properties = mapValues(schema.properties, (field, name) => withKnownFormats(name, close(field)));
  if (schema.items) closed.items = close(schema.items);
  if (typeof schema.additionalProperties === "object") closed.additionalProperties = close(schema.additionalProperties);
  if (isClosed(schema)) closed.additionalProperties = false;
  return closed;
}

function isClosed(schema: Schema): boolean {
  const isMap = schema.additionalProperties !== undefined && schema.additionalProperties !== false;
  return (
    (schema.type === "object" || schema.properties !== undefined) &&
    !isMap &&
    !schema["x-kubernetes-preserve-unknown-fields"]
  );
}

/** Kept as they are. x-kubernetes-validations (CEL) is asked by cel/. */
const KEPT = [
  "maximum",
  "minimum",
  "maxLength",
  "minLength",
  "maxItems",
  "minItems",
  "maxProperties",
  "minProperties",
  "multipleOf",
  "uniqueItems",
  "x-kubernetes-validations",
] as const;

/** The pattern that controller-gen writes for resource.Quantity, said once as a format. */
const QUANTITY_PATTERN =
  "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

/** Formats that the API server checks; the rest (double, password...) say nothing about JSON. */
const FORMATS = new Set(["int32", "int64", "byte", "date-time", "quantity"]);

function validations(schema: Schema): Schema {
  const kept: Schema = {};
  for (const keyword of KEPT) if (schema[keyword] !== undefined) kept[keyword] = schema[keyword];
  if (schema.enum) kept.enum = schema.nullable ? [...schema.enum, null] : schema.enum;
  if (schema.pattern === QUANTITY_PATTERN) kept.format = "quantity";
  else if (schema.pattern !== undefined) kept.pattern = javaScriptPattern(schema.pattern);
  if (schema.format && FORMATS.has(schema.format)) kept.format = schema.format;
  if (schema["exclusiveMinimum"] === true) [kept["exclusiveMinimum"], kept["minimum"]] = [schema["minimum"], undefined];
  if (schema["exclusiveMaximum"] === true) [kept["exclusiveMaximum"], kept["maximum"]] = [schema["maximum"], undefined];
  const required = requiredFields(schema);
  if (required.length > 0) kept.required = required;
  if (schema["x-kubernetes-list-type"] === "set") kept.uniqueItems = true;
  if (schema["x-kubernetes-list-type"] === "map")
    kept["x-kubernetes-list-map-keys"] = schema["x-kubernetes-list-map-keys"];
  return { ...kept, ...alternatives(schema) };
}

/** The server fills defaults in before it validates, so a field with one may be left out. */
function requiredFields({ required = [], properties = {} }: Schema): string[] {
  return required.filter((name) => properties[name]?.default === undefined);
}

/** Below allOf, anyOf, oneOf and not stand conditions on values, never fields of their own: nothing to close there. */
function alternatives(schema: Schema): Schema {
  const found: Schema = {};
  if (schema.allOf) found.allOf = schema.allOf.map(condition);
  if (schema.anyOf && !schema["x-kubernetes-int-or-string"]) found.anyOf = schema.anyOf.map(condition);
  if (schema.oneOf) found.oneOf = schema.oneOf.map(condition);
  if (schema.not) found.not = condition(schema.not);
  return found;
}

function condition(schema: Schema): Schema {
  const found = { ...validations(schema), ...(schema.type ? { type: schema.type } : {}) };
  if (schema.properties) found.properties = mapValues(schema.properties, condition);
  if (schema.items) found.items = condition(schema.items);
  return found;
}

function type(schema: Schema): Schema {
  const types =
    schema["x-kubernetes-int-or-string"] || schema.format === "int-or-string"
      ? ["integer", "string"]
      : [schema.type ?? []].flat();
  if (types.length === 0) return {};
  if (schema.nullable) types.push("null");
  return { type: types.length === 1 ? types[0]! : types };
}

export function mapValues<A, B>(object: Record<string, A>, transform: (value: A, key: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, transform(value, key)]));
}
