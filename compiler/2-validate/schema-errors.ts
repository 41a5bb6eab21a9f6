import type { ErrorObject, ValidateFunction } from "ajv";
import { formatPath, valueAt, type PathSegment } from "../diagnostics/config-path.ts";
import type { Diagnostic, InputFile } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { units } from "../config/units.ts";
import type { ValidateFault } from "./faults.ts";

type Schema = Record<string, unknown> & { properties?: Record<string, unknown> };

/** Holds a value against a schema; one mistake is one diagnostic. */
export function schemaDiagnostics(validator: ValidateFunction, value: unknown, input: InputFile): Diagnostic[] {
  if (validator(value)) return [];
  const diagnostics = new Map<string, Diagnostic>();
  for (const error of validator.errors ?? []) {
    const found = explain(error, value, input);
    // A key that is missing because it is misspelt is one mistake: the misspelt one.
    if (found !== undefined) diagnostics.set(`${found.id}\0${found.at}\0${found.message}`, found);
  }
  return withoutConsequences([...diagnostics.values()]);
}

function explain(error: ErrorObject, root: unknown, input: InputFile): Diagnostic | undefined {
  const path = pointer(error.instancePath, root);
  const name = path.at(-1) ?? "the config";
  const make = (id: ValidateFault, message: string, hint?: string, at: readonly PathSegment[] = path, key = false): Diagnostic => ({
    id,
    severity: "error",
    at: formatPath(at),
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(key ? { key } : {}),
    ...(input === "config" ? {} : { input }),
  });
  const params = error.params as Record<string, unknown>;
  const shown = show(error.data);
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(params["additionalProperty"]);
      const known = Object.keys((error.parentSchema as Schema | undefined)?.properties ?? {});
      return make("schema/unknown-key", `unknown key "${key}"${path.length === 0 ? "" : ` in ${formatPath(path)}`}`, didYouMean(key, known) ?? (known.length === 0 ? undefined : `known here: ${known.sort().join(", ")}`), [...path, key], true);
    }
    case "required":
      return make("schema/missing-key", `"${String(params["missingProperty"])}" is missing in ${formatPath(path) || "the config"}`, "add it");
    case "type":
      return make("schema/wrong-type", `${name} must be ${articled(params["type"])}, and is ${shown}`, typeof error.data === "string" && params["type"] === "number" && Number.isFinite(Number(error.data)) ? `write it without quotes: ${error.data}` : undefined);
    case "enum":
    case "const": {
      const allowed = (error.keyword === "enum" ? (params["allowedValues"] as unknown[]) : [params["allowedValue"]]).map(String);
      return make("schema/not-one-of", `${name} must be ${listed(allowed)}, and is ${shown}`, typeof error.data === "string" ? didYouMean(error.data, allowed) : undefined);
    }
    case "pattern": {
      const unit = Object.values(units).find(({ pattern }) => pattern.source === params["pattern"]);
      if (unit === undefined) return make("schema/wrong-unit", `${name} ${shown} does not match ${String(params["pattern"])}`);
      return make("schema/wrong-unit", `${shown} is not ${unit.title}`, `write it as "${unit.example}"`);
    }
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "minItems":
    case "minLength":
      return make("schema/out-of-range", `${name} ${error.message ?? "is out of range"}, and is ${shown}`);
    default:
      return undefined; // `if`, `oneOf`, `discriminator`: what is inside or beside them has spoken
  }
}

/** Where an object misses a key and has a similar unknown one, the unknown one says it all. */
function withoutConsequences(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ id, message }) => {
    const missing = id === "schema/missing-key" ? /^"(.*)" is missing/.exec(message)?.[1] : undefined;
    return missing === undefined || !diagnostics.some((other) => other.id === "schema/unknown-key" && other.hint?.includes(`"${missing}"`));
  });
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

/** A value as a message shows it: short, and never the whole of an object. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value !== null && typeof value === "object") return "an object";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}..."` : text;
}

const TYPES: Record<string, string> = { array: "a list", object: "an object", string: "a text", number: "a number", integer: "a whole number", boolean: "true or false" };
const articled = (type: unknown): string => (Array.isArray(type) ? type : String(type).split(",")).map((name) => TYPES[String(name)] ?? String(name)).join(" or ");
const listed = (values: readonly string[]): string => (values.length === 1 ? `"${values[0]}"` : `one of ${values.map((value) => `"${value}"`).join(", ")}`);
