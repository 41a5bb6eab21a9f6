import { isPlainObject, LONE_SURROGATE } from "./json-value.ts";

/**
 * HCL expressions as `terraform fmt` prints them. Strings, numbers, lists and objects are data and come out as
 * literals that evaluate to themselves; only `ref`, `expr`, `template` and `call` make code.
 */
export function hcl(value: unknown, indent = ""): string {
  if (value instanceof HclCode) return value.print(indent);
  if (Array.isArray(value)) return list(value, indent);
  if (isPlainObject(value)) return object(value, indent);
  return scalar(value);
}

/** Code, not data; made by the functions below alone. */
export class HclCode {
  readonly print: (indent: string) => string;
  constructor(print: (indent: string) => string) {
    this.print = print;
  }
}

/** Names, indexes, quoted keys and splats: nothing that could end the expression. */
const TRAVERSAL = /^[A-Za-z_][\w-]*(?:\.(?:[A-Za-z_][\w-]*|\*)|\[(?:\d+|\*|"[\w./-]+")\])*$/;

/** `ref("module.network.subnet_ids[0]")` */
export function ref(traversal: string): HclCode {
  if (!TRAVERSAL.test(traversal)) throw new TypeError(`not an HCL reference: ${JSON.stringify(traversal)}`);
  return new HclCode(() => traversal);
}

/**
 * ``expr`length(${name}) <= ${40}` ``: the text is code exactly as written, what is put in stays data (or is other
 * code).
 */
export function expr(text: TemplateStringsArray, ...values: unknown[]): HclCode {
  const code = String.raw({ raw: text.raw }, ...values.map(inline));
  return new HclCode(() => code);
}

/**
 * ``template`${ref("var.project")}-state` ``: a string; references in it are interpolated, everything else is literal.
 */
export function template(text: TemplateStringsArray, ...values: readonly (HclCode | string | number)[]): HclCode {
  const parts: (HclCode | string)[] = [];
  text.forEach((literal, index) => parts.push(literal, ...values.slice(index, index + 1).map(textOrCode)));
  const printed = interpolation(joinedText(parts));
  return new HclCode(() => printed);
}

const textOrCode = (value: HclCode | string | number): HclCode | string =>
  value instanceof HclCode ? value : String(value);

/** Neighbouring texts as one, so that a `$` at the end of one and a `{` at the start of the next are seen together. */
function joinedText(parts: readonly (HclCode | string)[]): (HclCode | string)[] {
  const joined: (HclCode | string)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part === "") continue;
    if (typeof part === "string" && typeof last === "string") joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

function interpolation(parts: readonly (HclCode | string)[]): string {
  const [only] = parts;
  if (parts.length === 1 && only instanceof HclCode) return inline(only); // terraform fmt unwraps "${x}"
  const printed = parts.map((part) => {
    if (part instanceof HclCode) return `\${${inline(part)}}`;
    // A literal $ before an interpolation would escape it.
    return escaped(part).replace(/[$%]$/, unicodeEscape);
  });
  return `"${printed.join("")}"`;
}

const FUNCTION_NAME = /^[a-z_][\w:-]*$/;

/** `call("jsonencode", { Version: "2012-10-17" })`; spreads over lines where an argument does. */
export function call(name: string, ...values: readonly unknown[]): HclCode {
  if (!FUNCTION_NAME.test(name)) throw new TypeError(`not an HCL function: ${JSON.stringify(name)}`);
  return new HclCode((indent) => {
    const args = values.map((value) => hcl(value, indent));
    if (args.length <= 1 || !args.some(isMultiline)) return `${name}(${args.join(", ")})`;
    const deeper = indent + "  ";
    return `${name}(\n${values.map((value) => deeper + hcl(value, deeper)).join(",\n")}\n${indent})`;
  });
}

/**
 * Attributes as in a block's body: the `=` of neighbouring one-line attributes stand in one column, as fmt wants it.
 */
export function attributes(entries: readonly (readonly [name: string, value: unknown])[], indent: string): string {
  let text = "";
  let neighbours: [string, string][] = [];
  const flush = () => {
    const width = Math.max(...neighbours.map(([name]) => name.length));
    for (const [name, value] of neighbours) text += `${indent}${name.padEnd(width)} = ${value}\n`;
    neighbours = [];
  };
  for (const [name, value] of entries) {
    const printed = hcl(value, indent);
    if (!isMultiline(printed)) {
      neighbours.push([name, printed]);
    } else {
      flush();
      text += `${indent}${name} = ${printed}\n`;
    }
  }
  flush();
  return text;
}

const isMultiline = (text: string): boolean => text.includes("\n");

function object(value: Readonly<Record<string, unknown>>, indent: string): string {
  const entries = Object.entries(value).map(([name, member]) => [objectKey(name), member] as const);
  return entries.length === 0 ? "{}" : `{\n${attributes(entries, indent + "  ")}${indent}}`;
}

const LONGEST_LINE = 100;

/** Scalars on one line while they fit; otherwise one item a line, so that a diff shows the item. */
function list(values: readonly unknown[], indent: string): string {
  const deeper = indent + "  ";
  const items = Array.from(values, (value) => hcl(value, deeper));
  const line = `[${items.join(", ")}]`;
  if (!isMultiline(line) && line.length <= LONGEST_LINE) return line;
  return `[\n${items.map((item) => `${deeper}${item},\n`).join("")}${indent}]`;
}

/** Everything on one line, for the inside of expressions. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${Array.from(value, inline).join(", ")}]`;
  if (isPlainObject(value)) {
    const members = Object.entries(value).map(([name, member]) => `${objectKey(name)} = ${inline(member)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  const printed = hcl(value);
  if (isMultiline(printed)) throw new TypeError(`an HCL expression of one line cannot hold ${printed}`);
  return printed;
}

function scalar(value: unknown): string {
  if (typeof value === "string") return `"${escaped(value)}"`;
  if (typeof value === "boolean" || value === null) return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new TypeError(`HCL cannot hold ${value instanceof Object ? `a ${value.constructor.name}` : String(value)}`);
}

export const IDENTIFIER = /^[A-Za-z_][\w-]*$/;

/** Words that mean something else in front of `=` or at the start of an object. */
const KEYWORDS: ReadonlySet<string> = new Set(["for", "if", "in", "null", "true", "false"]);

/** Quoted keys are ASCII: fmt aligns by grapheme clusters, and whose Unicode version would count them? */
function objectKey(name: string): string {
  if (IDENTIFIER.test(name) && !KEYWORDS.has(name)) return name;
  return `"${escaped(name).replace(/[^\0-\x7f]/gu, unicodeEscape)}"`;
}

/**
 * The inside of a quoted template. HCL knows \n \r \t \" \\ \uNNNN \UNNNNNNNN and, against interpolation, $${ and %%{
 * (hcl/hclsyntax/spec.md, "Template Expressions"): no \b and no \f.
 */
function escaped(text: string): string {
  if (PLAIN_ASCII.test(text)) return text;
  if (LONE_SURROGATE.test(text)) throw new TypeError(`HCL cannot hold a lone surrogate: ${JSON.stringify(text)}`);
  if (text.normalize("NFC") !== text)
    throw new TypeError(`HCL cannot hold text that is not in Unicode NFC: ${JSON.stringify(text)}`);
  return text.replace(SPECIAL, (found) => ESCAPES[found] ?? unicodeEscape(found));
}

const PLAIN_ASCII = /^[\w ./:@,;=+*#'()[\]-]*$/;

/** The quotes, the interpolations, controls, and what a reviewer cannot see or sees in another order. */
const SPECIAL =
  /["\\]|[$%](?=\{)|[\0-\x1f\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/g;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  $: "$$",
  "%": "%%",
};

function unicodeEscape(character: string): string {
  const hex = character.codePointAt(0)!.toString(16);
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
