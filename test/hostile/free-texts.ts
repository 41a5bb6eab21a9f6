import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isOfKind } from "../../compiler/2-validate/kinds.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { places, resolve } from "../../compiler/provenance/places.ts";

interface Schema {
  $ref?: string;
  type?: string;
  pattern?: string;
  enum?: readonly unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  required?: readonly string[];
  items?: Schema;
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  "x-eco-by-kind"?: Readonly<Record<string, Schema>>;
  if?: Schema;
  then?: Schema;
  else?: Schema;
  definitions?: Record<string, Schema>;
  /** Families of names that the text refers to; their declarations are keys. */
  "x-eco-ref"?: readonly string[];
  /** Families of names that the keys are of. */
  "x-eco-keys"?: readonly string[];
}

const root = JSON.parse(readFileSync(join(PACKAGE_ROOT, "schemas/ecosystem.schema.json"), "utf8")) as Schema;

/**
 * A place of the vocabulary that takes any text, or almost any: `Service.tag`, or the keys of an object as
 * `Ecosystem.services{}`.
 */
export type Field = string;

/** A text that a config holds at such a place. */
export interface FreeText {
  field: Field;
  text: string;
}

const isFree = ({ type, pattern, enum: values, const: constant, "x-eco-ref": families }: Schema): boolean =>
  type === "string" &&
  values === undefined &&
  constant === undefined &&
  families === undefined &&
  (pattern === undefined || isOpen(new RegExp(pattern)));
/** Forms that still let through what ends a text, or begins another language in it; the others are no way in. */
const isOpen = (pattern: RegExp): boolean =>
  ['zq"zq', "zq'zq", "zq$" + "{zq}zq", "zq{{zq}}zq", "zq zq", "zq\nzq", "$(zq)"].some((text) =>
    ["", "/", "#"].some((start) => pattern.test(start + text)),
  );
/** What the values of an object are whose keys are names. */
const valuesOf = ({ additionalProperties }: Schema): Schema | undefined =>
  typeof additionalProperties === "object" ? additionalProperties : undefined;
const hasFreeKeys = ({ propertyNames, "x-eco-keys": families }: Schema): boolean =>
  families === undefined && (propertyNames === undefined || isFree(propertyNames));
const definitionOf = ({ $ref }: Schema): Schema | undefined =>
  $ref === undefined ? undefined : root.definitions![$ref.slice("#/definitions/".length)];

/** Every field of the schema that takes any text. */
export function freeFields(): Set<Field> {
  const found = new Set<Field>();
  const visit = (schema: Schema, name: string): void => {
    const definition = definitionOf(schema);
    if (isFree({ ...schema, ...definition })) found.add(name);
    // A text among other forms is one of whatever field takes it.
    if (definition?.else !== undefined) visit(definition.else, name);
    const values = valuesOf(schema);
    if (values !== undefined) {
      if (hasFreeKeys(schema)) found.add(`${name}{}`);
      visit(values, `${name}.*`);
    }
    for (const [key, child] of Object.entries(schema.properties ?? {})) visit(child, `${name}.${key}`);
    if (schema.items !== undefined) visit(schema.items, `${name}[]`);
    for (const child of [
      ...(schema.oneOf ?? []),
      ...(schema.anyOf ?? []),
      ...Object.values(schema["x-eco-by-kind"] ?? {}),
      schema.then,
      schema.else,
    ])
      if (child !== undefined) visit(child, name);
  };
  visit(root, "Ecosystem");
  for (const [name, schema] of Object.entries(root.definitions ?? {}))
    if (schema.type !== "string" && schema.else === undefined) visit(schema, name);
  return found;
}

/** Every text of a valid config that stands at such a field. */
export function freeTexts(config: unknown): FreeText[] {
  const found: FreeText[] = [];
  const visit = (value: unknown, schema: Schema, name: string): void => {
    if (value === undefined) return;
    const definition = definitionOf(schema);
    if (definition !== undefined)
      return visit(value, definition, typeof value === "string" ? name : schema.$ref!.slice("#/definitions/".length));
    if (isFree(schema) && typeof value === "string") found.push({ field: name, text: value });
    for (const branch of branches(schema, value, config)) visit(value, branch, name);
    if (Array.isArray(value))
      value.forEach((item) => schema.items !== undefined && visit(item, schema.items, `${name}[]`));
    else if (value !== null && typeof value === "object") {
      for (const [key, child] of Object.entries(value)) {
        const declared = schema.properties?.[key];
        const values = valuesOf(schema);
        if (declared !== undefined) visit(child, declared, `${name}.${key}`);
        else if (values !== undefined) {
          if (hasFreeKeys(schema)) found.push({ field: `${name}{}`, text: key });
          visit(child, values, `${name}.*`);
        }
      }
    }
  };
  visit(config, root, "Ecosystem");
  return found;
}

/**
 * A config with a word of its own for each free text of an object that nothing in it writes: `zqnote` for
 * `Service.note`, in the first service. Where no word fits, it is left to be written by hand.
 */
export function withFreeTexts<T>(config: T): T {
  const whole = structuredClone(config);
  const written = new Set(freeTexts(whole).map(({ field }) => field));
  for (const field of freeFields()) {
    const [, definition, key] = /^(\w+)\.(\w+)$/.exec(field) ?? [];
    if (definition === undefined || written.has(field)) continue;
    const place = places(whole).find(({ kind }) => kind === `#/definitions/${definition}`);
    const word = `zq${key!.toLowerCase()}`;
    if (place === undefined || !new RegExp(resolve(place.schema.properties![key!]!).pattern ?? "").test(word)) continue;
    (place.value as Record<string, unknown>)[key!] = word;
  }
  return whole;
}

/**
 * The alternatives that a value takes, told apart as the schema does: by constants, and by type where there is an `if`.
 */
function branches(schema: Schema, value: unknown, config: unknown): Schema[] {
  const byKind = Object.entries(schema["x-eco-by-kind"] ?? {}).filter(([kind]) => isOfKind(config, value, kind));
  if (byKind.length > 0) return byKind.map(([, branch]) => branch);
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].filter((branch) => fits(branch, value));
  if (schema.if === undefined) return alternatives;
  const chosen = fits(schema.if, value) ? schema.then : schema.else;
  return chosen === undefined ? alternatives : [...alternatives, chosen];
}

function fits(schema: Schema, value: unknown): boolean {
  const target = definitionOf(schema) ?? schema;
  const type = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
  if (target.type !== undefined && target.type !== type && !(target.type === "integer" && type === "number"))
    return false;
  if (type !== "object") return true;
  return Object.entries(target.properties ?? {}).every(([key, { const: constant, enum: options }]) => {
    const found = (value as Record<string, unknown>)[key];
    if (found === undefined) return !(target.required ?? []).includes(key);
    return constant !== undefined ? found === constant : options === undefined || options.includes(found);
  });
}
