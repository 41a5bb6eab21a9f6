import type { JsonSchema, RootSchema, ValidationRule } from "./json-schema.ts";

/**
 * A schema made ready for the walk, piece by piece as values reach it. Every node has the same fields, so that reading
 * them stays fast; the schemas themselves have hundreds of shapes. Halves the time of a validation.
 */
export interface SchemaNode {
  /** The schema, references followed. */
  readonly schema: JsonSchema;
  /** Which types are allowed, as bits of {@link typeBits}. */
  readonly types: number;
  readonly required: readonly string[];
  /** Conditions on size, form or value beside type and fields. */
  readonly bounded: boolean;
  /** allOf, anyOf, oneOf or not. */
  readonly combined: boolean;
  /** Rules beyond the schema's keywords. */
  readonly rules: readonly ValidationRule[];
  /** The nodes of the fields met so far; null for a field that the schema does not take. */
  readonly fields: Map<string, SchemaNode | null>;
  items: SchemaNode | undefined;
  readonly root: Root;
}

/** What the nodes of one schema share: each definition becomes one node. */
interface Root {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  readonly nodes: Map<JsonSchema, SchemaNode>;
}

const roots = new WeakMap<RootSchema, SchemaNode>();

export function rootNode(schema: RootSchema): SchemaNode {
  let node = roots.get(schema);
  if (!node) roots.set(schema, (node = nodeOf({ definitions: schema.$defs ?? {}, nodes: new Map() }, schema)));
  return node;
}

const REF = "#/$defs/";
const NOTHING: readonly never[] = [];

export function nodeOf(root: Root, reference: JsonSchema): SchemaNode {
  let schema = reference;
  while (schema.$ref !== undefined) schema = root.definitions[schema.$ref.slice(REF.length)]!;
  let node = root.nodes.get(schema);
  if (!node) root.nodes.set(schema, (node = made(root, schema)));
  return node;
}

const BOUNDS: readonly (keyof JsonSchema)[] = [
  "enum",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "x-kubernetes-list-map-keys",
  "minProperties",
  "maxProperties",
];

function made(root: Root, schema: JsonSchema): SchemaNode {
  return {
    schema,
    types: schema.type === undefined ? ANY : [schema.type].flat().reduce((bits, type) => bits | BITS[type]!, 0),
    required: schema.required ?? NOTHING,
    bounded: BOUNDS.some((keyword) => schema[keyword] !== undefined),
    rules: schema["x-kubernetes-validations"] ?? NOTHING,
    combined: Boolean(schema.allOf ?? schema.anyOf ?? schema.oneOf ?? schema.not),
    fields: new Map(),
    items: undefined,
    root,
  };
}

/** What the schema says of a field: a node, null where it takes no such field, undefined where it takes anything. */
export function fieldNode(node: SchemaNode, name: string): SchemaNode | null | undefined {
  const known = node.fields.get(name);
  if (known !== undefined) return known;
  const { properties, additionalProperties } = node.schema;
  const named = properties !== undefined && Object.hasOwn(properties, name);
  const schema = named ? properties[name]! : additionalProperties;
  if (schema === undefined || schema === true) return undefined;
  const field = schema === false ? null : nodeOf(node.root, schema);
  if (named) node.fields.set(name, field); // the keys of maps are without end
  return field;
}

export function itemsNode(node: SchemaNode): SchemaNode | undefined {
  if (node.items === undefined && node.schema.items !== undefined) node.items = nodeOf(node.root, node.schema.items);
  return node.items;
}

const BITS: Readonly<Record<string, number>> = {
  object: 1,
  array: 2,
  string: 4,
  integer: 8,
  number: 8 | 16,
  boolean: 32,
  null: 64,
};
const ANY = 255;

/** A whole number is an integer; any other finite one only a number; what JSON does not know has no bit. */
export function typeBits(value: unknown): number {
  switch (typeof value) {
    case "string":
      return 4;
    case "number":
      return Number.isInteger(value) ? 8 : Number.isFinite(value) ? 16 : 0;
    case "boolean":
      return 32;
    case "object":
      return value === null ? 64 : Array.isArray(value) ? 2 : 1;
    default:
      return 0;
  }
}
