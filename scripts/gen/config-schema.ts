import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import glob from "fast-glob";
import * as TJS from "typescript-json-schema";
import { texts, type Text } from "../../compiler/config/texts.ts";
import { numbers, outOfRange, units, type Range, type Unit } from "../../compiler/config/units.ts";
import { typesOnly } from "./types-only.ts";

/** A JSON schema node as the compiler's own schemas use it. */
export interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  $ref?: string;
  if?: Schema;
  then?: Schema;
  else?: Schema;
  default?: unknown;
  description?: string;
  examples?: unknown[];
  example?: unknown;
  definitions?: Record<string, Schema>;
  discriminator?: { propertyName: string };
  propertyNames?: Schema;
  /** The form of an object's keys, until it becomes `propertyNames`. */
  keys?: string;
  /** The family that an object's keys are names of, until it becomes `x-eco-keys`. */
  keysOf?: string;
  "x-eco-keys"?: readonly string[];
  /** The definition whose fields differ here, if they are not among its fixed ones. */
  "x-eco-differs"?: string;
  /** The bounds of a quantity, until they become `x-eco-range`. */
  atLeast?: string;
  atMost?: string;
  inSteps?: string;
  /** What tells the entries of a list apart, until it becomes `x-eco-unique`. */
  uniqueBy?: string;
  "x-eco-range"?: Range;
  "x-eco-unique"?: readonly string[];
  /** Schemas of an object by the kind of the cloud that it names. */
  "x-eco-by-kind"?: Record<string, Schema>;
  [keyword: string]: unknown;
}

/** The types of the config lie in `config/` and in the targets' `options.ts`; what these import may lie anywhere. */
const SOURCES = ["compiler/**/*.ts", "!**/*.test.ts"];
const DISCRIMINATORS = ["kind", "cloud"];
/** What doc comments of the model say beyond what typescript-json-schema knows. */
const TAGS = ["example", "keys", "keysOf", "atLeast", "atMost", "inSteps", "uniqueBy"];

/**
 * The JSON schema of a type of the compiler. typescript-json-schema cannot see through template literals and
 * uninstantiated generics, so it reads a copy in which every unit and every reference is a marker, which becomes a
 * definition afterwards.
 */
export function configSchema(file: string, type: string): Schema {
  const copy = mkdtempSync(join(tmpdir(), "eco-schema-"));
  try {
    for (const path of glob.sync(SOURCES)) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), mark(typesOnly(readFileSync(path, "utf8"), path)));
    }
    const program = TJS.getProgramFromFiles([join(copy, file)], {
      strictNullChecks: true,
      allowImportingTsExtensions: true,
      noEmit: true,
      target: "es2023",
      lib: ["es2023"],
      module: "nodenext",
      types: [],
    });
    const schema = TJS.generateSchema(program, type, {
      required: true,
      noExtraProps: true,
      validationKeywords: TAGS,
      ignoreErrors: false,
    });
    if (schema === null) throw new Error(`typescript-json-schema made nothing of ${type}`);
    return finish(schema as Schema);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

const UNIT = "@unit:";
const REFERENCE = "@ref:";
const DIFFERS = "@differs:";
/** A reference to a cloud, by whose kind objects are told apart. */
const OF_KIND = "@kind:";
/** The keyword with the schema of an object for each kind of the cloud that it names. */
const BY_KIND = "x-eco-by-kind";

/**
 * Units, named numbers, texts with a form and references become string literals that nothing else in the model equals,
 * and a record by the names of a family, or by the ids of checks, one by any text.
 */
function mark(source: string): string {
  return source
    .replace(/^export type (\w+) = [^;\n]*;$/gm, (whole, name: string) =>
      name in units || name in numbers || name in texts ? `export type ${name} = "${UNIT}${name}";` : whole,
    )
    .replace(/CloudRef<N, "(\w+)">/g, `"${OF_KIND}$1"`)
    .replace(
      /Ref<N, ([^>]*)>/g,
      (_, families: string) => `"${REFERENCE}${families.replaceAll('"', "").replaceAll(" ", "")}"`,
    )
    .replace(/\[K in (?:D\["\w+"\]|R)\]:/g, "[name: string]:")
    .replace(/\[K in CheckName\]\?:/g, "[name: string]:")
    .replace(/Differences<"@ref:\w+", (.*)>;$/gm, "{ [name: string]: $1 };")
    .replace(
      /^export interface (\w+(?:<.*>)?) extends DifferentFields<(\w+)Fields(?:<N>)?> \{\}$/gm,
      `export type $1 = "${DIFFERS}$2";`,
    );
}

function finish({ $schema: _, ...root }: Schema): Schema {
  const renamed = JSON.parse(JSON.stringify(root), (key, value) =>
    key === "$ref"
      ? `#/definitions/${plainName(decodeURIComponent(String(value).slice("#/definitions/".length)))}`
      : value,
  ) as Schema;
  const definitions: Record<string, Schema> = {};
  for (const [name, definition] of Object.entries(renamed.definitions ?? {})) definitions[plainName(name)] = definition;
  for (const [name, { pattern, title, example, range }] of Object.entries<Unit>(units))
    definitions[name] = {
      type: "string",
      pattern: pattern.source,
      description: title,
      examples: [example],
      ...(range && { "x-eco-range": { unit: name as Range["unit"], ...range } }),
    };
  for (const [name, { pattern, title, rule, example }] of Object.entries<Text>(texts))
    definitions[name] = {
      type: "string",
      pattern: pattern.source,
      description: `${title}: ${rule}`,
      examples: [example],
    };
  for (const [name, { title, ...bounds }] of Object.entries(numbers))
    definitions[name] = { type: "integer", ...bounds, description: title };
  const whole = { ...renamed, definitions };
  const rewritten = rewrite(whole, whole);
  const all = mapValues(definitions, (definition) => rewrite(definition, whole));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    ...rewritten,
    definitions: Object.fromEntries([...reachable(rewritten, all)].sort().map((name) => [name, all[name]!])),
  };
}

/** Definitions that a schema refers to, directly or through others. */
function reachable(schema: Schema, definitions: Record<string, Schema>, found = new Set<string>()): Set<string> {
  for (const [, name] of JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g)) {
    if (found.has(name!)) continue;
    found.add(name!);
    reachable(definitions[name!]!, definitions, found);
  }
  return found;
}

/**
 * `Service<N>` → `Service`, ``Tunable<`${number}Ki`|…>`` → `TunableBytes`: what is in the brackets only counts for
 * tunables.
 */
const plainName = (name: string): string =>
  /^(Tunable|Tuned)</.test(name) ? name.replace(/[^A-Za-z]|unit/g, "") : name.replace(/<.*$/s, "");

/** Markers become definitions, unions say which branch is meant, defaults that are prose go into the description. */
function rewrite({ definitions: _, ...schema }: Schema, root: Schema): Schema {
  const node: Schema = { ...schema };
  if (node.example !== undefined) {
    node.examples = [node.example];
    delete node.example;
  }
  if (node.keys !== undefined) {
    node.propertyNames = root.definitions![node.keys]!; // not by $ref: through one, an error does not say which key it is about
    delete node.keys;
  }
  if (node.keysOf !== undefined) {
    node["x-eco-keys"] = [node.keysOf];
    delete node.keysOf;
  }
  if (node.uniqueBy !== undefined) {
    node["x-eco-unique"] = node.uniqueBy.split(/,\s*/);
    delete node.uniqueBy;
  }
  if (node.properties) node.properties = mapValues(node.properties, (child) => rewrite(child, root));
  if (typeof node.additionalProperties === "object")
    node.additionalProperties = rewrite(node.additionalProperties, root);
  if (node.items) node.items = rewrite(node.items, root);
  if (node.anyOf) Object.assign(node, union(node.anyOf.flatMap(splitEnum), root), { anyOf: undefined });
  else if (node.enum || node.const !== undefined) {
    const branches = splitEnum(node);
    if (branches.length > 1 || branches[0] !== node)
      Object.assign(node, { type: undefined, enum: undefined, const: undefined }, union(branches, root));
  }
  if (node.default !== undefined && !fits(node.default, node, root)) {
    node.description = `${node.description ?? ""} Default: ${String(node.default)}.`.trim();
    delete node.default;
  }
  return ranged(JSON.parse(JSON.stringify(node)) as Schema);
}

/**
 * The bounds of a quantity, for the validator and, in words, for the docs and the editor. They are in the unit of what
 * they bound.
 */
function ranged({ atLeast, atMost, inSteps, ...node }: Schema): Schema {
  if (atLeast === undefined && atMost === undefined && inSteps === undefined) return node;
  const limits = { atLeast, atMost, inSteps };
  const unit = unitOf(node);
  const range = {
    unit,
    ...Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
  } as Range;
  for (const limit of [atLeast, atMost, inSteps]) {
    const { pattern, range: widest }: Unit = units[range.unit] ?? { pattern: /^$/ };
    if (
      limit !== undefined &&
      (!pattern.test(limit) ||
        (widest !== undefined && outOfRange(limit, { ...widest, unit: range.unit }) !== undefined))
    )
      throw new Error(`${limit} is no bound of ${unit ?? JSON.stringify(node)}`);
  }
  const words = [
    atLeast === undefined ? "" : `at least ${atLeast}`,
    atMost === undefined ? "" : `at most ${atMost}`,
    inSteps === undefined ? "" : `in steps of ${inSteps}`,
  ]
    .filter(Boolean)
    .join(", ");
  return {
    ...node,
    description:
      node.description === undefined
        ? words
        : `${node.description.replace(/\.?$/, ".")} ${words[0]!.toUpperCase()}${words.slice(1)}.`,
    "x-eco-range": range,
  };
}

/** The unit that a field is in, perhaps beside words of its own. */
const unitOf = ({ $ref, else: rest }: Schema): string | undefined =>
  $ref?.slice("#/definitions/".length) ?? (rest === undefined ? undefined : unitOf(rest));

/** Literals of one union, with its markers taken out of them. */
function splitEnum(branch: Schema): Schema[] {
  const values = branch.enum ?? (branch.const === undefined ? undefined : [branch.const]);
  if (!values?.some((value) => marker(value))) return [branch];
  const plain = values.filter((value) => !marker(value));
  return [
    ...values.filter((value) => marker(value)).map((value) => marker(value)!),
    ...(plain.length === 0 ? [] : [{ type: "string", enum: plain }]),
  ];
}

function marker(value: unknown): Schema | undefined {
  if (typeof value !== "string") return undefined;
  if (value.startsWith(UNIT)) return { $ref: `#/definitions/${value.slice(UNIT.length)}` };
  if (value.startsWith(DIFFERS)) return { type: "object", "x-eco-differs": value.slice(DIFFERS.length) };
  if (value.startsWith(REFERENCE)) return { type: "string", "x-eco-ref": value.slice(REFERENCE.length).split("|") };
  if (value.startsWith(OF_KIND)) return { type: "string", "x-eco-ref": ["cloud"] };
  return undefined;
}

/** So that one mistake is one error: objects are told apart by their discriminator, other values by their JSON type. */
function union(branches: readonly Schema[], root: Schema): Schema {
  const flat = branches.flatMap((branch) => alternatives(branch, root));
  const types = [...new Set(flat.map((branch) => jsonType(branch, root)))];
  const groups = types
    .map((type): [string, Schema[]] => [type, flat.filter((branch) => jsonType(branch, root) === type)])
    .map(([type, members]): [string, Schema] => [type, sameType(members, root)]);
  // Objects and arrays are tested for; what is left is the scalar, whose message then speaks of it.
  const order = ["object", "array", "number", "integer", "boolean", "string"];
  groups.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return groups.reduceRight<Schema | undefined>(
    (rest, [type, schema]) => (rest === undefined ? schema : { if: { type }, then: schema, else: rest }),
    undefined,
  )!;
}

/** A union inside a union is part of it. */
function alternatives(branch: Schema, root: Schema): Schema[] {
  const { anyOf } = deref(branch, root);
  return anyOf ? anyOf.flatMap(splitEnum).flatMap((inner) => alternatives(inner, root)) : [branch];
}

function sameType(members: readonly Schema[], root: Schema): Schema {
  if (members.length === 1) return rewrite(members[0]!, root);
  const told = discriminate(members, DISCRIMINATORS, root) ?? oneField(members, root) ?? ownField(members, root);
  if (told !== undefined) return told;
  const literals = members.filter((member) => member.enum);
  const others = members.filter((member) => !member.enum);
  if (others.length === 0) return { type: "string", enum: literals.flatMap((member) => member.enum!) };
  // A text that is one of the literals, or else the unit or the reference.
  if (literals.length > 0 && others.length === 1)
    return { if: { enum: literals.flatMap((member) => member.enum!) }, else: rewrite(others[0]!, root) };
  throw new Error(`a union that no discriminator tells apart: ${JSON.stringify(members)}`);
}

/**
 * Objects told apart by a field. Ajv's own discriminator says neither which values there are nor, once, that the field
 * is missing: `enum` and `required` beside it do. Branches that share a value are told apart by the next field.
 */
function discriminate(members: readonly Schema[], fields: readonly string[], root: Schema): Schema | undefined {
  const tag = (member: Schema, field: string) => deref(member, root).properties?.[field]?.const;
  const field = fields.find((name) => members.every((member) => tag(member, name) !== undefined));
  if (field === undefined) return undefined;
  const values = [...new Set(members.map((member) => tag(member, field)))];
  const branch = (value: unknown): Schema => {
    const sharing = members.filter((member) => tag(member, field) === value);
    if (sharing.length === 1) return rewrite(sharing[0]!, root);
    const inner = discriminate(
      sharing,
      fields.filter((name) => name !== field),
      root,
    );
    if (inner === undefined)
      throw new Error(`several branches have ${field} ${JSON.stringify(value)}: ${JSON.stringify(sharing)}`);
    return { ...inner, properties: { [field]: { const: value }, ...inner.properties } };
  };
  const kinds = values.map((value) => (String(value).startsWith(OF_KIND) ? String(value).slice(OF_KIND.length) : ""));
  if (!kinds.includes(""))
    return {
      type: "object",
      properties: { [field]: marker(values[0])! },
      required: [field],
      [BY_KIND]: Object.fromEntries(kinds.map((kind, index) => [kind, branch(values[index])])),
    };
  return {
    type: "object",
    discriminator: { propertyName: field },
    properties: { [field]: { enum: values } },
    required: [field],
    oneOf: values.map(branch),
  };
}

/** Objects with one field each: which one it is tells them apart. */
function oneField(members: readonly Schema[], root: Schema): Schema | undefined {
  const fields = members.map((member) => Object.entries(deref(member, root).properties ?? {}));
  const names = new Set(fields.flat().map(([name]) => name));
  if (fields.some(({ length }) => length !== 1) || names.size < members.length) return undefined;
  return {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(fields.flat().map(([name, schema]) => [name, rewrite(schema, root)])),
    minProperties: 1,
    maxProperties: 1,
  };
}

/** Two objects, the second of which needs a field that the first does not have: whether it is there tells them apart. */
function ownField([first, second, ...others]: readonly Schema[], root: Schema): Schema | undefined {
  if (first === undefined || second === undefined || others.length > 0) return undefined;
  const { properties, required = [] } = deref(second, root);
  const known = deref(first, root).properties;
  const own = properties && known && required.find((field) => !Object.hasOwn(known, field));
  return own === undefined
    ? undefined
    : { if: { required: [own] }, then: rewrite(second, root), else: rewrite(first, root) };
}

const deref = (schema: Schema, root: Schema): Schema =>
  schema.$ref === undefined ? schema : deref(root.definitions![schema.$ref.slice("#/definitions/".length)]!, root);
const jsonType = (schema: Schema, root: Schema): string => deref(schema, root).type ?? "object";
const mapValues = <T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

/** Whether a default is a value of its type, and not prose about it. */
function fits(value: unknown, node: Schema, root: Schema): boolean {
  const schema = deref(node, root);
  const type = Array.isArray(value) ? "array" : typeof value;
  if (schema.if !== undefined)
    return (
      fits(value, schema.then ?? {}, root) ||
      fits(value, schema.else ?? {}, root) ||
      (schema.if.enum?.includes(value) ?? false)
    );
  if (schema.enum) return schema.enum.includes(value);
  if (schema.pattern !== undefined)
    return type === "string" && new RegExp(schema.pattern as string).test(value as string);
  if (schema.type === "integer") return Number.isInteger(value);
  return schema.type === type && (type !== "string" || !String(value).includes(" "));
}
