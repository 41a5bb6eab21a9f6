import { argumentsOf, isCommandLine, shellWords } from "./arguments.ts";
import { assignments, dataOfSecrets } from "./contents.ts";
import { NAME_TRACES } from "./generated/traces.ts";
import { endsAsSetting, mentionsSecret, verdictOfName, wordsOf } from "./names.ts";
import { entropyOf, genericSecret, namedSecrets } from "./rules.ts";
import { shapesIn, unescaped } from "./shapes.ts";
import { isCode, isPlain, isReference, looksDrawn } from "./values.ts";

/** What looks like a secret in a text. */
export interface Found {
  title: string;
  /** Under which name it stands inside of the text. */
  key?: string;
  start: number;
  end: number;
}

/**
 * Where a name and its value stand: names of structures also hold the names of other objects, and text that was not
 * quoted may be code.
 */
export type Where = "variable" | "structure" | "contents" | "source";

const BY_NAME = "a secret, by its name";
const VENDOR = new RegExp(NAME_TRACES, "i");

/** Programs, statements and files that hand over a password without a word for it. */
const UNNAMED =
  /IDENTIFIED|identified|mysql|mariadb|redis-cli|mongo|curl|docker|sqlcmd|ldap|7z|unzip|smbclient|:(?:\d{1,5}|\*):[^:]*:|\buser .*>|kind: ?["']?Secret\b|^"[^"\n]+" "[^"\n]+"\s*$/m;

/** Letters and digits in turn: nothing that is drawn at random lacks it, and few other texts have it. */
const DISORDER = /\d[A-Za-z]+\d|[A-Za-z]\d+[A-Za-z]/;

/** Whether the text is worth a look for names. */
const mayName = (text: string): boolean =>
  mentionsSecret(text) || UNNAMED.test(text) || (DISORDER.test(text) && VENDOR.test(text));

/** What a value is by the name that it is assigned to. */
export function secretByName(name: string, value: string, where: Where): string | undefined {
  if (value.length < 3 || name === "") return undefined;
  if (!mentionsSecret(name)) return vendorSecret(name, value);
  return credentialOfHeader(name, value) ?? (isSecretByName(name, value, where) ? BY_NAME : vendorSecret(name, value));
}

function isSecretByName(name: string, value: string, where: Where): boolean {
  const verdict = verdictOfName(name);
  if (verdict === undefined || isPlain(value, verdict.kind) || value.replace(/[^A-Za-z0-9]/g, "").length < 3)
    return false;
  if (isLabel(name, value)) return false;
  if ((where === "contents" || where === "source") && isCode(value)) return false;
  if (!verdict.certain) return looksDrawn(value) && isUncertainSecret(name, value);
  if (verdict.kind === "password") return true;
  const word = /^[a-z]+(?:[-_.](?:[a-z]+|v?\d{1,4}))*$/i.test(value);
  return (
    !word ||
    !(
      verdict.object ||
      where === "source" ||
      (where !== "variable" && (wordsOf(name).length === 1 || !/[-_.]/.test(value)))
    )
  );
}

/**
 * A name that only mentions a secret: gitleaks' rule for all names decides, and for keys their length too. `key` alone
 * is how structures find things.
 */
function isUncertainSecret(name: string, value: string): boolean {
  if (wordsOf(name).length === 1) return /^[A-Za-z0-9+/=_]{20,}$/.test(value) && genericSecret(`${name}=${value}`);
  return (
    genericSecret(`${name}=${value}`) ||
    (/keys?$/i.test(name) && /^[\w+=:~-]{24,}$/.test(value) && entropyOf(value) > 3.2)
  );
}

/** `"password": "Password"`: what a form or a table calls its field. */
const isLabel = (name: string, value: string): boolean =>
  value !== value.toLowerCase() &&
  /^[\p{L} ]+$/u.test(value) &&
  value
    .toLowerCase()
    .split(" ")
    .every((word) => wordsOf(name).includes(word) || /^(?:passwort|passwords?|tokens?|secrets?|keys?)$/.test(word));

/** https://www.rfc-editor.org/rfc/rfc9110#name-credentials, and pairs of a user and a password. */
function credentialOfHeader(name: string, value: string): string | undefined {
  const header = wordsOf(name).join(" ");
  if (/(?:^|proxy )authorization$/.test(header)) {
    const [, scheme, credential = ""] =
      /^(basic|bearer|token|apikey|api-key|key|digest|negotiate|splunk|bot)\s+(\S.*)$/i.exec(value) ?? [];
    const given = scheme === undefined ? value : credential;
    return !isReference(given) && !given.includes("$") && (scheme === undefined ? looksDrawn(given) : given.length >= 6)
      ? "the credentials of a header"
      : undefined;
  }
  if (/(?:^| )cookie$/.test(header))
    return value.split(";").some((part) => looksDrawn(part.slice(part.indexOf("=") + 1).trim()))
      ? "a session's cookie"
      : undefined;
  if (/(?:^| )auth$/.test(header))
    return isPairOfCredentials(value) || isPairOfCredentials(decoded(value) ?? "")
      ? "a user and a password"
      : undefined;
  return undefined;
}

function isPairOfCredentials(value: string): boolean {
  const [, user, password] = /^([^\s:/]{1,100}):([^\s/][^\s]{2,})$/.exec(value) ?? [];
  return (
    user !== undefined &&
    !isReference(password!) &&
    !password!.includes("$") &&
    !user.startsWith("$") &&
    !/^\d+$/.test(password!)
  );
}

function vendorSecret(name: string, value: string): string | undefined {
  if (!looksDrawn(value) || !VENDOR.test(name) || endsAsSetting(name)) return undefined;
  return namedSecrets(`${name}=${value}`)[0]?.title;
}

const BASE64 = /^[A-Za-z0-9+/_-]{16,}={0,2}\s*$/;
/** Printable text that was put into base64. */
function decoded(text: string): string | undefined {
  if (text.length < 16 || !BASE64.test(text)) return undefined;
  const inner = Buffer.from(text, "base64").toString("latin1");
  return /^[\t\n\r\x20-\x7e]{8,}$/.test(inner) ? inner : undefined;
}

/** Everything in a text that looks like a secret by its shape: also what was put into base64 as a whole. */
export function shapedIn(text: string): Found[] {
  const found: Found[] = shapesIn(text);
  if (found.length > 0) return found;
  const inner = decoded(text);
  const [first] = inner === undefined ? [] : [...shapesIn(inner), ...namedIn(inner, "contents")];
  return first === undefined
    ? []
    : [{ title: `${first.title}${/base64/.test(first.title) ? "" : " in base64"}`, start: 0, end: text.length }];
}

/** Everything in a text that is assigned to a name, in any format, and is a secret by it. */
export function namedIn(source: string, where: Where): Found[] {
  if (!mayName(source)) return [];
  const text = unescaped(source);
  const found: Found[] = [];
  for (const { name, value, start, bare } of assignments(text)) {
    const title =
      secretByName(name, value, where === "source" ? where : bare ? "contents" : "structure") ??
      (value.length >= 24 ? shapedIn(value)[0]?.title : undefined) ??
      (value.includes('\\"') ? namedIn(value.replaceAll('\\"', '"'), where)[0]?.title : undefined); // JSON in a text of JSON
    if (title !== undefined && !(bare && isCode(value)))
      found.push({ title, key: name, start, end: start + value.length });
  }
  if (text.includes("Secret"))
    for (const { name, value, start } of dataOfSecrets(text))
      if (!isReference(value) && value !== "")
        found.push({ title: "the data of a Secret", key: name, start, end: start + value.length });
  for (const { line, start } of commandLines(text)) {
    for (const { name, value } of argumentsOf(shellWords(line))) {
      const title = secretByName(name, value, "contents");
      if (title !== undefined)
        found.push({
          title,
          key: name,
          start: start + Math.max(line.lastIndexOf(value), 0),
          end: start + Math.max(line.lastIndexOf(value), 0) + value.length,
        });
    }
  }
  return found;
}

function* commandLines(text: string): Generator<{ line: string; start: number }> {
  let start = 0;
  for (const line of text.split("\n")) {
    if (line.length < 4000 && isCommandLine(line)) yield { line, start };
    start += line.length + 1;
  }
}

/** All of it, by shape first. */
export const secretsIn = (text: string, where: Where): Found[] =>
  [...shapedIn(text), ...namedIn(text, where)].sort((a, b) => a.start - b.start);
