import { isPlainObject, LONE_SURROGATE, unserialisable, type JsonObject } from "./json-value.ts";
import { Utf8Writer } from "./utf8-writer.ts";

const out = new Utf8Writer();

/**
 * JSON-shaped data as a stream of YAML documents that YAML 1.1 and 1.2 parsers read alike (Go's sigs.k8s.io/yaml,
 * PyYAML, js-yaml, yaml): block style, two spaces, no anchors, no folding, the caller's key order. Each document ends
 * in a newline. `head` are lines of comment above the first.
 */
export function yaml(documents: readonly unknown[], head = ""): Uint8Array {
  out.text(head);
  for (let index = 0; index < documents.length; index++) {
    if (index > 0) out.text("---\n");
    try {
      block(documents[index], 0, DOCUMENT);
    } catch (error) {
      out.drop();
      throw error === FAULT ? unserialisable(documents[index], "YAML") : error;
    }
  }
  return out.take();
}

/** Thrown inside, so that the happy path carries no path along. */
const FAULT = new Error("not JSON-shaped");

/** What stands before a value decides how it begins: nothing, the dash of a list, or the colon of a key. */
const DOCUMENT = 0;
const DASH = 1;
const KEY = 2;

/**
 * A value and the end of its last line. Lists and mappings with something in them begin on a line of their own after a
 * key.
 */
function block(value: unknown, indent: number, after: number): void {
  if (typeof value === "object" && value !== null) {
    if (Array.isArray(value)) {
      if (value.length > 0) {
        if (after === KEY) out.line(indent);
        return items(value, indent);
      }
    } else if (isPlainObject(value) && hasKeys(value)) {
      if (after === KEY) out.line(indent);
      return entries(value, indent);
    }
  }
  if (after === KEY) out.byte(SPACE);
  scalar(value, after === DOCUMENT ? indent + 2 : indent);
  out.byte(NEWLINE);
}

/** A mapping whose first line continues the current one; the others start with the indent. */
function entries(object: JsonObject, indent: number): void {
  let first = true;
  for (const name in object) {
    // plain objects inherit nothing, and engines read what they walk over fastest
    if (!first) out.spaces(indent);
    first = false;
    key(name, indent);
    block(object[name], indent + 2, KEY);
  }
}

function hasKeys(object: JsonObject): boolean {
  for (const _ in object) return true;
  return false;
}

function items(list: readonly unknown[], indent: number): void {
  for (let index = 0; index < list.length; index++) {
    if (index > 0) out.spaces(indent);
    out.text("- ");
    block(list[index], indent + 2, DASH);
  }
}

/** A value of one line, or a block literal whose lines carry the indent. */
function scalar(value: unknown, indent: number): void {
  switch (typeof value) {
    case "string":
      return string(value, indent);
    case "boolean":
      return out.text(value ? "true" : "false");
    case "number":
      return out.text(number(value));
    case "object":
      if (value === null) return out.text("null");
      if (Array.isArray(value)) return out.text("[]");
      if (isPlainObject(value)) return out.text("{}");
  }
  throw FAULT;
}

/** YAML 1.1 reads `1e+21` as a string: its float needs a point (https://yaml.org/type/float.html). */
function number(value: number): string {
  if (!Number.isFinite(value)) throw FAULT;
  const text = String(value);
  return text.includes("e") && !text.includes(".") ? text.replace("e", ".0e") : text;
}

const NEWLINE = 0x0a;
const SPACE = 0x20;
const COLON = 0x3a;

/** Words that YAML 1.1 resolves to booleans or null (https://yaml.org/type/bool.html), in any case. */
const RESOLVED_WORD = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const LONGEST_WORD = "false".length;

/** Which places of a plain scalar a character may take, by its code; those above ASCII take none. */
const PLACES = new Uint8Array(0x10000);
const FIRST = 1;
const INSIDE = 2;
const INSIDE_KEY = 4;
/** Inside, and only before another character that may stand inside. */
const BETWEEN = 8;
/** Begins one of the resolved words: most texts need no closer look. */
const FIRST_OF_WORD = 16;
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z/]/.test(character)) PLACES[code]! |= FIRST;
  if (/[\w./@%+=,()*$-]/.test(character)) PLACES[code]! |= INSIDE;
  if (/[\w./-]/.test(character)) PLACES[code]! |= INSIDE_KEY;
  if (/[ :]/.test(character)) PLACES[code]! |= BETWEEN;
  if (/[fnoty]/i.test(character)) PLACES[code]! |= FIRST_OF_WORD;
}

/**
 * A plain scalar that is obviously a string: begins with a letter or `/`, so it is no number, date, sexagesimal,
 * indicator or document marker; `:` and a space only before another of its characters, so it is no key and holds no
 * comment.
 */
const plain = (text: string): boolean => !isResolved(text) && out.textOf(text, PLACES, FIRST, INSIDE, BETWEEN);

const plainKey = (name: string): boolean =>
  name.length <= LONGEST_IMPLICIT_KEY && !isResolved(name) && out.textOf(name, PLACES, FIRST, INSIDE_KEY, 0);

const isResolved = (text: string): boolean =>
  text.length > 0 &&
  text.length <= LONGEST_WORD &&
  (PLACES[text.charCodeAt(0)]! & FIRST_OF_WORD) !== 0 &&
  RESOLVED_WORD.test(text);

/**
 * An implicit key has at most 1,024 characters (YAML 1.2.2, 7.4.2); some parsers count bytes. Longer ones are explicit.
 * The caller's `: value` follows on a line of its own.
 */
const LONGEST_IMPLICIT_KEY = 200;

function key(name: string, indent: number): void {
  if (!plainKey(name)) {
    const text = quoted(name);
    const explicit = text.length > LONGEST_IMPLICIT_KEY;
    if (explicit) out.text("? ");
    out.text(text);
    if (explicit) {
      out.byte(NEWLINE);
      out.spaces(indent);
    }
  }
  out.byte(COLON);
}

function string(text: string, indent: number): void {
  if (plain(text)) return;
  if (text.includes("\n") && isSafeLiteral(text)) literal(text, indent);
  else out.text(quoted(text));
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
function literal(text: string, indent: number): void {
  out.text(text.endsWith("\n") ? "|\n" : "|-\n");
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (let index = 0; index < lines.length; index++) {
    if (index > 0) out.byte(NEWLINE);
    if (lines[index] === "") continue;
    out.spaces(indent);
    out.text(lines[index]!);
  }
}
