/**
 * How values enter a template. Whatever is in a value, it stays text: it opens no heading, cell, link or tag, ends no
 * code span, and is one word to a shell. Templates may use these and nothing else: `scripts/gen/templates.ts` refuses a
 * bare value.
 */
export const formats = { md, code, codes, path, sh };

/** One value of a view. */
type Printable = string | number;

/** Text within a paragraph, a list item or a table cell. */
function md(value: Printable): string {
  if (typeof value === "string" && NAME.test(value)) return value;
  return oneLine(value).replace(STRUCTURE, (match) => `${match.slice(0, -1)}\\${match.slice(-1)}`);
}

/**
 * A code span. Nothing can be escaped inside of one, and a table cell ends at a `|` even there: such a value is text
 * instead.
 */
function code(value: Printable): string {
  const text = oneLine(value);
  return text === "" || /[`|\\]/.test(text) ? md(text) : `\`${text}\``;
}

/** A list of code spans. */
function codes(values: readonly Printable[]): string {
  return values.map(code).join(", ");
}

/** The target of a link: a path, relative to the page. */
function path(value: string): string {
  return wellFormed(value)
    .split("/")
    .map((name) =>
      encodeURIComponent(name).replace(
        /[!'()*~]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/");
}

/**
 * A word of a shell, or the words of a command. Invisible characters are spelled out, as bash and zsh read them: what
 * is pasted is what is seen.
 */
function sh(value: Printable | readonly Printable[]): string {
  if (typeof value === "object") return value.map(sh).join(" ");
  const text = wellFormed(value).replaceAll("\0", "\ufffd"); // no argument can hold it
  if (PLAIN_WORD.test(text)) return text;
  if (text.search(INVISIBLE) === -1) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${text.replace(/[^\w@:,./+= -]/gu, (character) => `\\U${character.codePointAt(0)!.toString(16).padStart(8, "0")}`)}'`;
}

/** To zsh a word that begins with `=` is the path of a command. */
const PLAIN_WORD = /^[\w@:,./+-][\w@:,./+=-]*$/;

/**
 * What would be more than text: what begins a block at the start of a line, marks within a line, and what GitHub makes
 * links or mathematics of by itself. Each alternative ends in the punctuation that is escaped.
 * https://spec.commonmark.org/0.31.2/#backslash-escapes, https://github.github.com/gfm/#autolinks-extension-
 */
const STRUCTURE = /^(?:[#+=:-]|\d+[.)](?=\s|$))|[\\`*_[\]<>&|~$!@]|:(?=\/\/)|\bwww\./gi;

/** Control characters, directions of writing and what takes no width, as `5-emit/serialise/header.ts` has them. */
const INVISIBLE = /[\0-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/g;

/** Most values are names, and a page may have thousands. */
const NAME = /^[a-z0-9][a-z0-9-]*$/;

/** Every run of whitespace becomes one space, and what cannot be seen becomes visible. */
const oneLine = (value: Printable): string =>
  typeof value === "string" && NAME.test(value)
    ? value
    : wellFormed(value).replace(/\s+/g, " ").trim().replace(INVISIBLE, "\ufffd");

const wellFormed = (value: Printable): string => String(value).replace(/\p{Surrogate}/gu, "\ufffd");
