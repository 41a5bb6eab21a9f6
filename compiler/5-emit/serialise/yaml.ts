import { isPlainObject, LONE_SURROGATE, unserialisable, type JsonObject } from "./json-value.ts";

/**
 * JSON-shaped data as a stream of YAML documents that YAML 1.1 and 1.2 parsers read alike (Go's sigs.k8s.io/yaml,
 * PyYAML, js-yaml, yaml): block style, two spaces, no anchors, no folding, the caller's key order. Each document ends
 * in a newline. Throws a TypeError that names the place of what YAML cannot hold.
 */
export function yaml(documents: readonly unknown[]): string {
  return Array.from(documents, document).join("---\n");
}

function document(value: unknown): string {
  try {
    return isCollection(value) ? collection(value, TOP) : `${scalar(value, INDENT)}\n`;
  } catch (error) {
    throw error === FAULT ? unserialisable(value, "YAML") : error;
  }
}

/** Thrown inside, so that the happy path carries no path along. */
const FAULT = new Error("not JSON-shaped");

const INDENT = "  ";

/** What lines of one place begin with. Each beginning is put together once: the same keys recur in thousands of objects. */
class Margin {
  /** Of the first line: the indent, or as many characters with the dashes of the lists that begin there. */
  readonly lead: string;
  /** Of the lines below it. */
  readonly rest: Margin;
  readonly #keys = new Map<string, string>();
  #deeper: Margin | undefined;
  #item: Margin | undefined;

  constructor(lead: string, rest?: Margin) {
    this.lead = lead;
    this.rest = rest ?? this;
  }

  /** That of what stands under a line. */
  get deeper(): Margin {
    return (this.#deeper ??= this.rest === this ? new Margin(this.lead + INDENT) : this.rest.deeper);
  }

  /** That of an item's own lines. */
  get item(): Margin {
    return (this.#item ??= new Margin(`${this.lead}- `, this.deeper));
  }

  /** The line of a key up to its colon. */
  line(name: string): string {
    let line = this.#keys.get(name);
    if (line === undefined) this.#keys.set(name, (line = `${this.lead}${key(name, this.rest.lead)}:`));
    return line;
  }
}

const TOP = new Margin("");

type Collection = readonly unknown[] | JsonObject;

/** A list or mapping with something in it, which takes lines of its own; empty ones are scalars by their looks. */
const isCollection = (value: unknown): value is Collection =>
  Array.isArray(value) ? value.length > 0 : isPlainObject(value) && hasKeys(value);

function hasKeys(object: JsonObject): boolean {
  for (const _ in object) return true; // plain objects inherit nothing
  return false;
}

/** Lines that end in a newline. */
const collection = (value: Collection, margin: Margin): string =>
  Array.isArray(value) ? items(value, margin) : entries(value as JsonObject, margin);

function items(list: readonly unknown[], first: Margin): string {
  let margin = first;
  let lines = "";
  for (const item of list) {
    lines += isCollection(item)
      ? collection(item, margin.item)
      : `${margin.item.lead}${scalar(item, margin.deeper.lead)}\n`;
    margin = first.rest;
  }
  return lines;
}

function entries(object: JsonObject, first: Margin): string {
  let margin = first;
  let lines = "";
  for (const name in object) {
    const member = object[name];
    lines += margin.line(name);
    lines += isCollection(member)
      ? `\n${collection(member, margin.deeper)}`
      : ` ${scalar(member, margin.deeper.lead)}\n`;
    margin = first.rest;
  }
  return lines;
}

/** A value of one line, or a block literal whose lines carry the indent; without the end of its last line. */
function scalar(value: unknown, indent: string): string {
  switch (typeof value) {
    case "string":
      return string(value, indent);
    case "boolean":
      return String(value);
    case "number":
      return number(value);
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return "[]";
      if (isPlainObject(value)) return "{}";
  }
  throw FAULT;
}

/** YAML 1.1 reads `1e+21` as a string: its float needs a point (https://yaml.org/type/float.html). */
function number(value: number): string {
  if (!Number.isFinite(value)) throw FAULT;
  const text = String(value);
  return text.includes("e") && !text.includes(".") ? text.replace("e", ".0e") : text;
}

/** Words that YAML 1.1 resolves to booleans or null (https://yaml.org/type/bool.html), in any case. */
const RESOLVED_WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const LONGEST_WORD = "false".length;

/**
 * A plain scalar that is obviously a string: begins with a letter or `/`, so it is no number, date, sexagesimal,
 * indicator or document marker; `:` and a space only before another of its characters, so it is no key and holds no
 * comment.
 */
const PLAIN = /^[A-Za-z/][\w./@%+=,()*$-]*(?:[ :][\w./@%+=,()*$-]+)*$/;
const PLAIN_KEY = /^[A-Za-z/][\w./-]*$/;

/**
 * An implicit key has at most 1,024 characters (YAML 1.2.2, 7.4.2); some parsers count bytes. Longer ones are explicit.
 * The caller's `: value` follows on a line of its own.
 */
const LONGEST_IMPLICIT_KEY = 200;

function key(name: string, indent: string): string {
  const isPlain = PLAIN_KEY.test(name) && !RESOLVED_WORD.test(name);
  if (isPlain && name.length <= LONGEST_IMPLICIT_KEY) return name;
  const text = quoted(name);
  return text.length > LONGEST_IMPLICIT_KEY ? `? ${text}\n${indent}` : text;
}

function string(text: string, indent: string): string {
  if (PLAIN.test(text) && (text.length > LONGEST_WORD || !RESOLVED_WORD.test(text))) return text;
  return text.includes("\n") && isSafeLiteral(text) ? literal(text, indent) : quoted(text);
}

/**
 * What YAML calls unprintable or takes as a line break, what a reviewer cannot see, and what changes the order of
 * what they see (https://trojansource.codes): escaped, so that a diff shows it.
 */
const NEEDS_ESCAPE = /[\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/g;

/** JSON's escapes are a subset of YAML's (YAML 1.2.2, 5.7). */
function quoted(text: string): string {
  if (LONE_SURROGATE.test(text)) throw FAULT;
  return JSON.stringify(text).replace(NEEDS_ESCAPE, escape);
}

const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Not safe: control characters but tab and newline, invisible ones, surrogates without a partner. */
const NOT_LITERAL =
  /[\0-\x08\x0b-\x1f\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]|\p{Surrogate}/u;

/**
 * Blank at the end of a line is lost in editors; more than one newline at the end hangs on the parser's idea of `+`.
 */
const FRAGILE_BLANKS = /^[ \t\n]|[ \t](?:\n|$)|\n\n$/;

/** Queries, Lua and Rego stay readable in a pull request as long as every parser gives back the same text. */
const isSafeLiteral = (text: string): boolean => !FRAGILE_BLANKS.test(text) && !NOT_LITERAL.test(text);

/** `|` keeps the one newline at the end, `|-` says that there is none. Empty lines carry no indent. */
function literal(text: string, indent: string): string {
  const endsInNewline = text.endsWith("\n");
  const lines = (endsInNewline ? text.slice(0, -1) : text).split("\n");
  return [endsInNewline ? "|" : "|-", ...lines.map((line) => (line === "" ? "" : indent + line))].join("\n");
}
