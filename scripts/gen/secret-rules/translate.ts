/**
 * A regular expression of Go (RE2: https://github.com/google/re2/wiki/Syntax) as one of JavaScript. Flags that begin in
 * the middle or hold for a group alone are written out, since Node 20 has none: `(?i)ab` is `[aA][bB]`, `(?s:.)` is
 * `[^]`.
 */
export function translate(source: string): string {
  let at = 0;

  function alternatives(flags: Flags): string {
    let result = "";
    while (at < source.length && source[at] !== ")") result += piece(flags);
    return result;
  }

  /** One atom, one operator or one setting of flags; a setting changes `flags` for the rest of its group. */
  function piece(flags: Flags): string {
    const character = source[at]!;
    if (character === "(") return group(flags);
    if (character === "[") return characterClass(flags);
    if (character === "\\") return escape();
    at++;
    if (character === ".") return flags.dotAll ? "[^]" : "[^\\n]";
    return flags.ignoreCase && /[a-z]/i.test(character) ? `[${bothCases(character)}]` : character;
  }

  function group(flags: Flags): string {
    const [opening, name, set, unset, end] = /^\((?:\?(?:P<(\w+)>|([is]*)(?:-([is]+))?([:)])))?/.exec(
      source.slice(at),
    )!;
    at += opening.length;
    const changed = { ...flags };
    for (const flag of set ?? "") changed[FLAGS[flag]!] = true;
    for (const flag of unset ?? "") changed[FLAGS[flag]!] = false;
    if (end === ")") return Object.assign(flags, changed) && ""; // holds to the end of the group around it
    const body = alternatives(changed);
    if (source[at] !== ")") throw new Error(`an open group in ${source}`);
    at++;
    return `(${name !== undefined ? `?<${name}>` : end === ":" ? "?:" : ""}${body})`;
  }

  function characterClass(flags: Flags): string {
    let result = source[++at] === "^" ? (at++, "[^") : "[";
    // A bracket that comes first is one of the characters.
    if (source[at] === "]") {
      result += "\\]";
      at++;
    }
    while (source[at] !== "]") {
      const posix = /^\[:(\w+):\]/.exec(source.slice(at));
      if (posix) {
        result += POSIX[posix[1]!] ?? unknown(posix[0]);
        at += posix[0].length;
      } else if (source[at] === "\\") {
        const length = escapeLength();
        result += source.slice(at, at + length);
        at += length;
      } else {
        const range = /^([a-zA-Z])-([a-zA-Z])/.exec(source.slice(at))?.[0];
        const part = range ?? source[at]!;
        result += flags.ignoreCase && /[a-z]/i.test(part) ? bothCases(part) : part;
        at += part.length;
      }
      if (at >= source.length) throw new Error(`an open class in ${source}`);
    }
    at++;
    return `${result}]`;
  }

  function escape(): string {
    const text = source.slice(at, at + escapeLength());
    at += text.length;
    if (text === "\\z") return "(?![^])";
    if (/^\\[AQEpPC]/.test(text)) return unknown(text);
    return text;
  }

  const escapeLength = (): number => (source[at + 1] === "x" ? 4 : 2);

  const flags: Flags = { ignoreCase: false, dotAll: false };
  const result = alternatives(flags);
  if (at < source.length) throw new Error(`a closing bracket too many in ${source}`);
  return result;
}

interface Flags {
  ignoreCase: boolean;
  dotAll: boolean;
}

const FLAGS: Record<string, keyof Flags> = { i: "ignoreCase", s: "dotAll" };
const POSIX: Record<string, string> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  digit: "0-9",
  lower: "a-z",
  upper: "A-Z",
  xdigit: "0-9A-Fa-f",
};

const bothCases = (text: string): string => text.toLowerCase() + text.toUpperCase();

function unknown(text: string): never {
  throw new Error(`no JavaScript for ${text}`);
}
