import type { PathSegment } from "../../diagnostics/config-path.ts";
import { nearest } from "../../diagnostics/suggest.ts";
import { entryProblems, formatProblem } from "./formats.ts";
import type { JsonSchema, RootSchema } from "./json-schema.ts";
import type { Question } from "./question.ts";
import { fieldNode, itemsNode, nodeOf, rootNode, type SchemaNode, typeBits } from "./schema-node.ts";
import { quoted, shown, suggestion, typeName } from "./wording.ts";
import type { Violation } from "./violation.ts";

/**
 * Holds data against a closed schema. One mistake is one violation: below a wrong type or a failed alternative nothing
 * else is reported.
 */
export function checkSchema(schema: RootSchema, value: unknown, ask: Ask = ignore): Violation[] {
  const check: Check = { path: [], violations: [], ask };
  visit(check, rootNode(schema), value);
  return check.violations;
}

/** Takes what has rules beyond the schema. */
export type Ask = (question: Question) => void;
const ignore: Ask = () => {};

interface Check {
  /** Where the walk stands; copied when a violation is found. */
  readonly path: PathSegment[];
  violations: Violation[];
  readonly ask: Ask;
}

function report(check: Check, keyword: string, message: string, ...below: PathSegment[]): void {
  check.violations.push({ path: [...check.path, ...below], message, keyword });
}

function visit(check: Check, node: SchemaNode, value: unknown): void {
  const { schema } = node;
  const before = check.violations.length;
  const type = typeBits(value);
  if ((node.types & type) === 0) {
    return report(
      check,
      "type",
      `must be ${[schema.type ?? "JSON"].flat().map(typeName).join(" or ")}, not ${shown(value)}`,
    );
  }
  if (node.bounded && !visitBounds(check, schema, value)) return;
  if (type === 1) visitFields(check, node, value as Record<string, unknown>);
  else if (type === 2) visitItems(check, node, value as unknown[]);
  if (node.combined) visitCombined(check, node, value);
  if (node.rules.length > 0 && check.violations.length === before) check.ask({ path: [...check.path], node, value });
}

/** Conditions on the value as a whole. False: it is so far off that its parts say nothing more. */
function visitBounds(check: Check, schema: JsonSchema, value: unknown): boolean {
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    const near = typeof value === "string" ? nearest(value, schema.enum.filter(isString)) : undefined;
    report(check, "enum", `must be one of ${quoted(schema.enum)}, not ${shown(value)}${suggestion(near)}`);
    return false;
  }
  if (typeof value === "string") visitString(check, schema, value);
  else if (typeof value === "number") visitNumber(check, schema, value);
  else if (Array.isArray(value)) visitList(check, schema, value);
  else if (value !== null && typeof value === "object") visitSize(check, schema, value as Record<string, unknown>);
  return true;
}

function visitCombined(check: Check, { schema, root }: SchemaNode, value: unknown): void {
  const nodes = (schemas: readonly JsonSchema[] = []): SchemaNode[] => schemas.map((part) => nodeOf(root, part));
  for (const part of nodes(schema.allOf)) visit(check, part, value);
  if (schema.anyOf !== undefined) visitAnyOf(check, nodes(schema.anyOf), value);
  if (schema.oneOf !== undefined) visitOneOf(check, nodes(schema.oneOf), value);
  if (schema.not !== undefined && attempt(check, nodeOf(root, schema.not), value).length === 0) {
    report(check, "not", forbidden(schema.not, value));
  }
}

const patterns = new Map<string, RegExp>();

function regularExpression(pattern: string): RegExp {
  let compiled = patterns.get(pattern);
  if (!compiled) patterns.set(pattern, (compiled = new RegExp(pattern, "u")));
  return compiled;
}

const isString = (value: unknown): value is string => typeof value === "string";

/** Kubernetes counts characters, JavaScript units of UTF-16, of which a character has one or two. */
const characters = (text: string): number => [...text].length;

function visitString(check: Check, schema: JsonSchema, value: string): void {
  const { minLength, maxLength, pattern, format } = schema;
  if (maxLength !== undefined && value.length > maxLength && characters(value) > maxLength) {
    report(check, "maxLength", `has ${characters(value)} characters, may have ${maxLength}`);
  } else if (minLength !== undefined && value.length < minLength * 2 && characters(value) < minLength) {
    report(check, "minLength", minLength === 1 ? "must not be empty" : `must have at least ${minLength} characters`);
  } else if (pattern !== undefined && !regularExpression(pattern).test(value)) {
    report(check, "pattern", `${shown(value)} does not match ${pattern}`);
  } else if (format !== undefined) visitFormat(check, format, value);
}

function visitFormat(check: Check, format: string, value: string | number): void {
  const problem = formatProblem(format, value);
  if (problem !== undefined) report(check, "format", problem);
}

function visitNumber(check: Check, schema: JsonSchema, value: number): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  if (minimum !== undefined && value < minimum) report(check, "minimum", `must be at least ${minimum}, is ${value}`);
  else if (maximum !== undefined && value > maximum)
    report(check, "maximum", `must be at most ${maximum}, is ${value}`);
  else if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    report(check, "minimum", `must be above ${exclusiveMinimum}, is ${value}`);
  else if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    report(check, "maximum", `must be below ${exclusiveMaximum}, is ${value}`);
  else if (multipleOf !== undefined && !Number.isInteger(value / multipleOf))
    report(check, "multipleOf", `must be a multiple of ${multipleOf}`);
  else if (format !== undefined) visitFormat(check, format, value);
}

function visitList(check: Check, schema: JsonSchema, list: readonly unknown[]): void {
  const { minItems, maxItems, uniqueItems } = schema;
  if (minItems !== undefined && list.length < minItems)
    report(check, "minItems", `needs at least ${minItems} ${entries(minItems)}, has ${list.length}`);
  if (maxItems !== undefined && list.length > maxItems)
    report(check, "maxItems", `may have ${maxItems} ${entries(maxItems)}, has ${list.length}`);
  if (uniqueItems) reportRepeated(check, list, (entry) => JSON.stringify(entry));
  const keys = schema["x-kubernetes-list-map-keys"];
  if (keys !== undefined && list.length > 1) reportRepeated(check, list, (entry) => listKey(entry, keys));
}

function visitItems(check: Check, node: SchemaNode, list: readonly unknown[]): void {
  const items = itemsNode(node);
  if (items === undefined) return;
  for (let index = 0; index < list.length; index++) {
    check.path.push(index);
    visit(check, items, list[index]);
    check.path.pop();
  }
}

const entries = (count: number): string => (count === 1 ? "entry" : "entries");

/** A key that an entry leaves out counts as equal only to one left out too: its default is the server's affair. */
function listKey(entry: unknown, keys: readonly string[]): string | undefined {
  if (entry === null || typeof entry !== "object") return undefined;
  return JSON.stringify(keys.map((key) => (entry as Record<string, unknown>)[key] ?? null));
}

function reportRepeated(check: Check, list: readonly unknown[], keyOf: (entry: unknown) => string | undefined): void {
  const first = new Map<string, number>();
  for (const [index, entry] of list.entries()) {
    const key = keyOf(entry);
    if (key === undefined) continue;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else report(check, "uniqueItems", `repeats entry ${earlier}`, index);
  }
}

function visitFields(check: Check, node: SchemaNode, value: Record<string, unknown>): void {
  let missing: string[] | undefined;
  for (const name of node.required) if (value[name] === undefined) (missing ??= []).push(name);
  for (const name in value) {
    const content = value[name];
    if (content === undefined) continue; // serialisation leaves it out
    const field = fieldNode(node, name);
    if (field === undefined) continue;
    if (field === null) {
      const near = nearest(
        name,
        Object.keys(node.schema.properties ?? {}).filter((known) => value[known] === undefined),
      );
      report(check, "additionalProperties", `unknown field ${shown(name)}${suggestion(near)}`, name);
      missing = missing?.filter((one) => one !== near); // the misspelt field is the missing one
      continue;
    }
    check.path.push(name);
    visit(check, field, content);
    check.path.pop();
  }
  if (missing !== undefined) for (const name of missing) report(check, "required", `lacks the field ${shown(name)}`);
}

function visitSize(
  check: Check,
  { format, minProperties, maxProperties }: JsonSchema,
  value: Record<string, unknown>,
): void {
  if (format !== undefined)
    for (const { key, problem } of entryProblems(format, value)) report(check, format, problem, key);
  if (minProperties === undefined && maxProperties === undefined) return;
  const count = Object.values(value).filter((field) => field !== undefined).length;
  if (minProperties !== undefined && count < minProperties)
    report(check, "minProperties", `needs at least ${minProperties} fields, has ${count}`);
  if (maxProperties !== undefined && count > maxProperties)
    report(check, "maxProperties", `may have ${maxProperties} fields, has ${count}`);
}

/** What a subschema would report here, without reporting it. */
function attempt(check: Check, node: SchemaNode, value: unknown): Violation[] {
  const { violations } = check;
  check.violations = [];
  visit(check, node, value);
  const found = check.violations;
  check.violations = violations;
  return found;
}

function visitAnyOf(check: Check, branches: readonly SchemaNode[], value: unknown): void {
  const failures: Violation[][] = [];
  for (const branch of branches) {
    const found = attempt(check, branch, value);
    if (found.length === 0) return;
    failures.push(found);
  }
  reportNearest(check, branches, failures);
}

function visitOneOf(check: Check, branches: readonly SchemaNode[], value: unknown): void {
  const failures: Violation[][] = [];
  const matching: SchemaNode[] = [];
  for (const branch of branches) {
    const found = attempt(check, branch, value);
    if (found.length === 0) matching.push(branch);
    else failures.push(found);
  }
  if (matching.length === 0) return reportNearest(check, branches, failures);
  if (matching.length === 1) return;
  const fields = matching.flatMap(({ required }) => required);
  report(
    check,
    "oneOf",
    fields.length > 1 ? `may have only one of ${quoted(fields)}` : "fits more than one alternative",
  );
}

/** No branch fits: the one that nearly does tells most. Branches that only ask for a field are said together. */
function reportNearest(check: Check, branches: readonly SchemaNode[], failures: readonly Violation[][]): void {
  const fields = branches.flatMap(({ required }) => required);
  if (
    failures.every((found) => found.every(({ keyword }) => keyword === "required" || keyword === "not")) &&
    fields.length > 0
  ) {
    return report(check, "required", `needs one of ${quoted(fields)}`);
  }
  const [nearest] = [...failures].sort((a, b) => a.length - b.length || depth(b) - depth(a));
  check.violations.push(nearest![0]!);
}

const depth = (found: readonly Violation[]): number => Math.max(...found.map(({ path }) => path.length));

function forbidden({ required, anyOf = [] }: JsonSchema, value: unknown): string {
  const set = [...(required ?? []), ...anyOf.flatMap((branch) => branch.required ?? [])];
  const present = set.filter((name) => (value as Record<string, unknown>)[name] !== undefined);
  return present.length > 0 ? `may not have ${quoted(present)}` : `${shown(value)} is not allowed here`;
}
