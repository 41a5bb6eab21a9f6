import type { ErrorObject, ValidateFunction } from "ajv";
import { formatPath, valueAt, type PathSegment } from "../diagnostics/config-path.ts";
import type { Diagnostic, InputFile } from "../diagnostics/diagnostic.ts";
import { didYouMean, nearest } from "../diagnostics/suggest.ts";
import { families } from "../config/names.ts";
import { texts, type Text } from "../config/texts.ts";
import { outOfRange, units, type Range, type Unit } from "../config/units.ts";
import type { ValidateId } from "./catalogue.ts";
import { familiarWord } from "./familiar-words.ts";
import { fieldOf } from "./field-tree.ts";
import { patchFor } from "./patch-hint.ts";
import { repeats } from "./repeats.ts";
import { isSecret, redact } from "./secrets/index.ts";

interface Schema {
  properties?: Record<string, unknown>;
  required?: string[];
  pattern?: string;
  examples?: unknown[];
  if?: { type?: string; enum?: unknown[] };
  then?: { $ref?: string; maxProperties?: number; properties?: object };
}

/** What an error amounts to: where, and what is wrong there. */
interface Fault {
  id: ValidateId;
  path: readonly PathSegment[];
  message: string;
  /** The same without the names that the config declares, where the message has some. */
  idea?: string;
  hint?: string;
  /** Points at the key itself. */
  key?: boolean;
  /** The key that is missing in the object at `path`. */
  missing?: string;
  /** All keys that this object needs. */
  needed?: readonly string[];
}

/** Where a path of the value that is held against a schema stands in the file; of what is missing there, where it was taken away. */
export type Placed = (path: readonly PathSegment[], missing?: string) => readonly PathSegment[];

/** Holds a value against a schema; one mistake is one diagnostic. */
export function schemaDiagnostics(
  validator: ValidateFunction,
  value: unknown,
  input: InputFile,
  placed: Placed = (path) => path,
): Diagnostic[] {
  if (validator(value)) return [];
  const errors = validator.errors ?? [];
  const place = ({ instancePath, propertyName = "" }: ErrorObject) => `${instancePath}\0${propertyName}`;
  const beside = grouped(errors, place);
  const faults = errors.flatMap((error) => explain(error, beside.get(place(error))!, value, placed) ?? []);
  const diagnostics = withoutStrays(withoutConsequences(faults)).map(
    ({ id, path, message, idea, hint: known, key }): Diagnostic => {
      const isOfConfig = id === "schema/unknown-key" && input === "config";
      const hint = (isOfConfig ? (familiarWord(path) ?? patchFor(path, value)) : undefined) ?? known;
      return {
        id,
        severity: "error",
        at: formatPath(path),
        message,
        ...(idea === undefined || input !== "config" ? {} : { idea }),
        ...(hint === undefined ? {} : { hint }),
        ...(key ? { key } : {}),
        ...(input === "config" ? {} : { input }),
      };
    },
  );
  return [
    ...new Map(diagnostics.map((diagnostic) => [`${diagnostic.at}\0${diagnostic.message}`, diagnostic])).values(),
  ];
}

/** Where it is, whatever the declared names are: a fragment's mistake shows wherever the fragment is used. */
const inField = (path: readonly PathSegment[]): string => (path.length === 0 ? "" : ` in ${fieldOf(path)}`);

/** What is said of a key that an object does not take. */
export const unknownKey = (key: string, path: readonly PathSegment[]): string =>
  `unknown key "${redact(key)}"${path.length === 0 ? "" : ` in ${formatPath(path)}`}`;

/** What an error says to people; `beside` are the errors about the same value. */
function explain(
  error: ErrorObject,
  beside: readonly ErrorObject[],
  root: unknown,
  placed: Placed,
): Fault | Fault[] | undefined {
  const object = pointer(error.instancePath, root);
  const key = error.propertyName !== undefined; // what is wrong is the name of a field, not its value
  const path = placed(key ? [...object, error.propertyName!] : object);
  const name = nameOf(path);
  const shown = isSecret(String(path.at(-1) ?? ""), error.data) ? "a value that is not shown" : show(error.data);
  const params = error.params as Record<string, unknown>;
  const schema = (error.parentSchema ?? {}) as Schema;
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(params["additionalProperty"]);
      const known = Object.keys(schema.properties ?? {}).sort();
      const hint = didYouMean(key, known) ?? (known.length === 0 ? undefined : `known here: ${known.join(", ")}`);
      return {
        id: "schema/unknown-key",
        path: placed([...object, key]),
        key: true,
        message: unknownKey(key, path),
        idea: `unknown key "${redact(key)}"${inField(path)}`,
        hint,
      };
    }
    case "required": {
      const missing = String(params["missingProperty"]);
      const { enum: values, examples } = (schema.properties?.[missing] ?? {}) as {
        enum?: unknown[];
        examples?: unknown[];
      };
      const hint = values
        ? `add it: ${listed(values)}`
        : examples
          ? `add it, as ${missing}: ${JSON.stringify(examples[0])}`
          : "add it";
      return {
        id: "schema/missing-key",
        path: placed(object, missing),
        missing,
        needed: schema.required,
        message: `"${missing}" is missing in ${formatPath(path) || "the config"}`,
        idea: `"${missing}" is missing${inField(path)}`,
        hint,
      };
    }
    case "type":
      // What the values are says more than what type they have.
      if (beside.some(({ keyword }) => keyword === "enum" || keyword === "const")) return undefined;
      return {
        id: "schema/wrong-type",
        path,
        message: `${name} must be ${[...types(params["type"]), ...otherForms(beside)].join(" or ")}, and is ${shown}`,
        hint: requoted(error.data, String(params["type"]), schema),
      };
    case "enum":
    case "const": {
      const allowed = error.keyword === "enum" ? (params["allowedValues"] as unknown[]) : [params["allowedValue"]];
      const hint = typeof error.data === "string" ? didYouMean(error.data, allowed.map(String)) : undefined;
      return {
        id: "schema/not-one-of",
        path,
        message: `${name} must be ${[listed(allowed), ...otherForms(beside)].join(" or ")}, and is ${shown}`,
        hint,
      };
    }
    case "pattern": {
      const alike = forms.get(String(params["pattern"])) ?? [];
      const form = alike.find(({ example }) => example === schema.examples?.[0]) ?? alike[0];
      const words = otherWords(beside);
      const example = form?.example ?? schema.examples?.[0];
      const written = [example, ...words]
        .filter((text) => text !== undefined)
        .map((text) => JSON.stringify(text))
        .join(", or as ");
      const hint =
        didYouMean(String(error.data), words) ??
        (form?.rule === undefined
          ? written === ""
            ? undefined
            : `write it as ${written}`
          : `take ${form.rule}, as ${written}`);
      return {
        id: "schema/wrong-unit",
        path,
        ...(key ? { key } : {}),
        message:
          form === undefined
            ? `${name} ${shown} does not match ${String(params["pattern"])}`
            : `${shown} is not ${form.title}`,
        hint,
      };
    }
    case "minimum":
    case "maximum": {
      const sign = error.keyword === "minimum" ? 1 : -1;
      const limit = Number(params["limit"]);
      if (
        beside.some(
          (other) =>
            other.keyword === error.keyword && sign * Number((other.params as typeof params)["limit"]) > sign * limit,
        )
      )
        return undefined;
      return {
        id: "schema/out-of-range",
        path,
        message: `${name} must be at ${sign === 1 ? "least" : "most"} ${limit}, and is ${shown}`,
      };
    }
    case "x-eco-range":
      if (
        beside.some((other) => other.keyword === error.keyword && narrows(other.schema as Range, error.schema as Range))
      )
        return undefined;
      return {
        id: "schema/out-of-range",
        path,
        message: `${name} must be ${bound(String(error.data), error.schema as Range)}, and is ${shown}`,
      };
    case "uniqueItems":
      return repeats(error.data as unknown[]).map(({ index }) => ({
        id: "schema/repeated",
        path: [...path, index],
        message: `${name} has ${show((error.data as unknown[])[index])} twice`,
        hint: "take one out",
      }));
    case "x-eco-unique": {
      const fields = (error.schema as string[]).flatMap((field) => field.split("|"));
      const value = (index: number) => (error.data as Record<string, unknown>[])[index]!;
      const shownAt = (index: number) =>
        fields
          .filter((field) => value(index)[field] !== undefined)
          .map((field) => `${field} ${show(value(index)[field])}`)
          .join(" and ");
      return repeats(error.data as unknown[], error.schema as string[]).map(({ index }) => ({
        id: "schema/repeated",
        path: [...path, index],
        message: `${name} has ${shownAt(index)} twice`,
        hint: "make one entry of them",
      }));
    }
    case "minItems":
      return {
        id: "schema/out-of-range",
        path,
        message: `${name} must have at least ${params["limit"] === 1 ? "one entry" : `${String(params["limit"])} entries`}`,
      };
    case "minProperties":
    case "maxProperties":
      return {
        id: "schema/out-of-range",
        path,
        message: `${name} must have one of the fields ${Object.keys(schema.properties ?? {}).join(", ")}, and has ${error.keyword === "minProperties" ? "none" : "several"}`,
      };
    case "minLength":
      return { id: "schema/out-of-range", path, message: `${name} must not be empty` };
    default:
      return undefined; // `if`, `oneOf`, `discriminator`, `propertyNames`: what is inside or beside them has spoken
  }
}

/** What a pattern stands for: units of one notation share theirs. */
const forms = grouped<Unit & Partial<Text>>(
  [...Object.values(units), ...Object.values(texts)],
  ({ pattern }) => pattern.source,
);

/** What a value would have to be that it is not, as `at least 1s`. */
const bound = (text: string, range: Range): string =>
  ({ below: `at least ${range.atLeast}`, above: `at most ${range.atMost}`, between: `a multiple of ${range.inSteps}` })[
    outOfRange(text, range)!
  ];

/** Whether a field's own bounds lie inside of its unit's: then they are the ones to speak of. */
const narrows = (one: Range, other: Range): boolean =>
  (one.atLeast !== undefined && other.atLeast !== undefined && outOfRange(other.atLeast, one) === "below") ||
  (one.atMost !== undefined && other.atMost !== undefined && outOfRange(other.atMost, one) === "above");

/** Where an object misses a key and has a similar unknown one, the unknown one says it all. */
function withoutConsequences(faults: readonly Fault[]): Fault[] {
  const unknown = grouped(
    faults.filter(({ id }) => id === "schema/unknown-key"),
    ({ path }) => formatPath(path.slice(0, -1)),
  );
  return faults.filter(
    ({ missing, path }) =>
      missing === undefined ||
      !(unknown.get(formatPath(path)) ?? []).some(
        (other) => nearest(String(other.path.at(-1)), [missing]) !== undefined,
      ),
  );
}

/**
 * A definition of which nothing is there that it needs is none: that says it all. `import * as` brings such objects
 * when a file exports more than definitions.
 */
function withoutStrays(faults: readonly Fault[]): Fault[] {
  const missing = grouped(
    faults.filter((fault) => fault.missing !== undefined),
    ({ path }) => formatPath(path),
  );
  const strays = new Map(
    [...missing].flatMap(([at, [first, ...others]]) => {
      const { path, needed } = first!;
      const family = Object.values(families).find(({ declaredIn }) => declaredIn === fieldOf(path.slice(0, -1)));
      if (family === undefined || others.length === 0 || others.length + 1 < needed!.length) return [];
      const stray: Fault = {
        id: "schema/missing-key",
        path,
        message: `${String(path.at(-1))} is no ${family.title}: it has neither ${needed!.slice(0, -1).join(", ")} nor ${needed!.at(-1)}`,
        hint: `add them; what is no ${family.title} belongs in a file that is not taken into ${family.declaredIn} as a whole`,
      };
      return [[at, stray] as const];
    }),
  );
  const strayAround = ({ path }: Fault): Fault | undefined =>
    path.map((_, index) => strays.get(formatPath(path.slice(0, index + 1)))).find((stray) => stray !== undefined);
  return faults.map((fault) => strayAround(fault) ?? fault);
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/**
 * The generator writes a union as `if` the one form, `then` it, `else` the rest: the forms that the value does not have
 * either.
 */
const otherBranches = (beside: readonly ErrorObject[]): Schema[] =>
  beside
    .filter(({ keyword, params }) => keyword === "if" && params["failingKeyword"] === "else")
    .map(({ parentSchema }) => parentSchema as Schema);
const otherForms = (beside: readonly ErrorObject[]): string[] =>
  otherBranches(beside).flatMap((schema) =>
    schema.if?.type === undefined
      ? []
      : isTunable(schema)
        ? ["tunable()"]
        : schema.then?.maxProperties === 1
          ? Object.keys(schema.then.properties!).map((field) => `{ ${field} }`)
          : types(schema.if.type),
  );
const otherWords = (beside: readonly ErrorObject[]): string[] =>
  otherBranches(beside).flatMap((schema) => (schema.if?.enum ?? []).map(String));
const isTunable = ({ then }: Schema): boolean => then?.$ref?.startsWith("#/definitions/Tunable") ?? false;

/** A number in quotes, or a text without them. */
function requoted(value: unknown, wanted: string, { pattern, examples }: Schema): string | undefined {
  if (
    typeof value === "string" &&
    (wanted === "number" || wanted === "integer") &&
    value.trim() !== "" &&
    Number.isFinite(Number(value))
  )
    return `write it without quotes: ${Number(value)}`;
  if (typeof value !== "number" || wanted !== "string" || pattern === undefined) return undefined;
  return `write it as ${JSON.stringify(new RegExp(pattern).test(String(value)) ? String(value) : examples?.[0])}`;
}

/** A JSON pointer as path; digits are an index where the value is a list. */
function pointer(text: string, root: unknown): PathSegment[] {
  const path: PathSegment[] = [];
  for (const part of text.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(valueAt(root, path)) ? Number(key) : key);
  }
  return path;
}

/** What a message calls a value: its key, and its index in a list. */
function nameOf(path: readonly PathSegment[]): string {
  const last = path.findLastIndex((segment) => typeof segment === "string");
  return path.length === 0 ? "the config" : formatPath(path.slice(Math.max(last, 0)));
}

/** A value as a message shows it: short, never the whole of an object, and never a secret. */
function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value !== null && typeof value === "object") return "an object";
  const text = JSON.stringify(typeof value === "string" ? redact(value) : value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}..."` : text;
}

const TYPES: Record<string, string> = {
  array: "a list",
  object: "an object",
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
};
const types = (type: unknown): string[] =>
  (Array.isArray(type) ? type : String(type).split(",")).map((name) => TYPES[String(name)] ?? String(name));
const listed = (values: readonly unknown[]): string =>
  values.length === 1 ? JSON.stringify(values[0]) : `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
