import { looksDrawn } from "./values.ts";

/** A name and what is assigned to it, somewhere in a text. */
export interface Assignment {
  name: string;
  value: string;
  /** Where the value begins. */
  start: number;
  /** Without quotes: it may be code, or go on. */
  bare?: boolean;
}

const NAME = String.raw`[\w.$/@:-]{1,120}`;
/**
 * `name = value`, `name: value`, `export name=value`, `- name: value`, `name => value`, also behind the sign of a
 * comment.
 */
const LINE = new RegExp(
  String.raw`^\s{0,200}(?<comment>[#;]+|//)?\s{0,20}(?:(?:export|set|declare|local|const|let|var|final|string|ENV|ARG|-e|-)\s{1,20}){0,2}(?<quote>["'` +
    "`" +
    String.raw`]?)(?<name>${NAME}?)\k<quote>\s{0,40}(?:=>|:=|\?=|=|:(?=\s|$))\s{0,40}(?<value>.*)$`,
);
/** Pairs in quotes, however many of them stand on a line: JSON, flow mappings, attributes of XML, programs. */
const PAIR = new RegExp(
  String.raw`(?<!\w)(?:["'](?<quoted>[^"'\n]{1,120})["']\s{0,20}(?:=>|:=|=|:|,)|(?<name>${NAME}?)(?::|\s{0,20}(?:=>|:=|=|,)))\s{0,20}(?<quote>\\?["'])(?<value>(?:\\.|(?!\k<quote>)[^\n\\]){1,4000})\k<quote>`,
  "g",
);
/** `name=value` among others without quotes: connection strings, data sources. */
const PART = /(?:^|[\s;,&?{"'(])(?:--?)?(?<name>[A-Za-z][\w.-]{1,60})\s?=\s?(?<value>[^\s;,&"'{}<>()]{1,400})/g;
/** `{ name: value, name: value }` without quotes. */
const FLOW = /[{,]\s{0,20}(?<name>[A-Za-z][\w.-]{1,60}):\s{1,20}(?<value>[^\s;,"'{}[\]]{1,400})(?=\s{0,20}[,}])/g;
/** `<name>value</name>`. */
const ELEMENT =
  /<(?<name>[\w:.-]{1,80})(?:\s[^<>]{0,400})?>\s{0,200}(?:<!\[CDATA\[)?(?<value>[^<>\s][^<>]{0,4000}?)(?:\]\]>)?\s{0,200}<\//g;
/** `<property name="name">value</property>`. */
const NAMED_ELEMENT =
  /<\w[^<>]{0,400}?\s(?:name|key|id)=["'](?<name>[^"'<>]{2,80})["'][^<>/]{0,400}>\s{0,200}(?<value>[^<>\s][^<>]{0,4000}?)\s{0,200}<\//g;
/** `name value` in the middle of a line, where the value looks drawn at random: `user admin insecure-password x`. */
const WORDS =
  /(?:^|[\s;{,])(?<name>[\w-]{0,40}(?:passwor[dt]|passwd|secret|token|api[_-]?key))\s{1,20}(?<quote>["']?)(?<value>[^\s"';]{6,400})\k<quote>/gi;
/** https://www.pgbouncer.org/config.html#authentication-file-format */
const USERLIST = /^"[^"\n]{1,63}" "(?<value>[^"\n]{6,400})"\s*$/;
/** `name value;` of nginx, redis and their like, and of .netrc. */
const DIRECTIVE =
  /^\s{0,200}(?:(?:proxy_set_header|add_header|fastcgi_param|uwsgi_param|set|setenv|config\s+set)\s+)?(?<name>\$?[\w.-]{2,80})\s+(?<quote>["']?)(?<value>[^"'\n]{1,2000}?)(?<!\.)\k<quote>\s{0,20};?\s{0,20}$/;
const NETRC = /\bmachine\s+\S+\s.{0,400}?\b(?<name>password)\s+(?<value>[^\s-]\S+)/g;
/** https://www.postgresql.org/docs/current/libpq-pgpass.html */
const PGPASS = /^[^\s:#]{1,255}:(?:\d{1,5}|\*):[^\s:]{1,63}:[^\s:]{1,63}:(?<value>\S{3,})$/;
/** https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/ */
const ACL = /^\s{0,20}user\s+\S+\s.{0,400}?(?<=\s)>(?<value>\S{3,})/;
const SQL =
  /\b(?:create|alter|grant|CREATE|ALTER|GRANT|SET)\b.{1,400}?\b(?:[iI][dD][eE][nN][tT][iI][fF][iI][eE][dD]\s+(?:(?:with|WITH)\s+\S+\s+)?(?:by|BY|as|AS)|password|PASSWORD)\s+'(?<value>[^'\n]{3,200})'/g;

/**
 * Everything that a text assigns to a name, whatever its format: each line is read in every way that it can be read.
 */
export function* assignments(text: string): Generator<Assignment> {
  let at = 0;
  /** What stands above a value that is called nothing but `value`, or that begins on the next line. */
  let above: { name: string; indent: number; open: boolean; labelled?: boolean } | undefined;
  for (const line of text.split("\n")) {
    const content = line.replace(/\r$/, "");
    const indent = content.search(/\S/);
    if (above?.open && indent > above.indent) {
      const item = content.trim().replace(/^-\s+/, "");
      if (!/^[\w.-]+\s*[:=]/.test(item))
        yield { name: above.name, value: unquoted(item), start: at + content.indexOf(item), bare: true };
    } else if (above?.open && indent >= 0 && content.trim().startsWith("- ") && indent === above.indent) {
      yield {
        name: above.name,
        value: unquoted(content.trim().slice(2)),
        start: at + content.indexOf("- ") + 2,
        bare: true,
      };
    } else if (indent >= 0 && above?.open) above = undefined;

    for (const assignment of inLine(content)) {
      if (/^value$/i.test(assignment.name) && above && !above.open)
        yield { ...assignment, name: above.name, start: at + assignment.start };
      else yield { ...assignment, start: at + assignment.start };
      if (/^(?:name|key|id|property)$/i.test(assignment.name)) above = { name: assignment.value, indent, open: false };
      else if (/^[|>][-+\d]*$|^$/.test(assignment.value)) above = { name: assignment.name, indent, open: true };
    }
    if (indent < 0 && above && !above.open) above = undefined;
    at += line.length + 1;
  }
}

function* inLine(line: string): Generator<Assignment> {
  if (line.length < 4) return;
  const whole = LINE.exec(line);
  if (whole) {
    const { name, value, comment } = whole.groups!;
    const bare = unquoted(value!);
    if (comment === undefined || !/\s/.test(bare))
      yield {
        name: lastName(name!),
        value: bare,
        start: line.length - value!.length + (value!.indexOf(bare) < 0 ? 0 : value!.indexOf(bare)),
        bare: !/^["'`]/.test(value!),
      };
  } else {
    const directive = DIRECTIVE.exec(line);
    if (directive)
      yield {
        name: directive.groups!["name"]!,
        value: directive.groups!["value"]!,
        start: line.lastIndexOf(directive.groups!["value"]!),
        bare: directive.groups!["quote"] === "",
      };
  }
  for (const pattern of [PAIR, PART, FLOW, ELEMENT, NAMED_ELEMENT])
    for (const match of line.matchAll(pattern)) {
      const { quoted, name = quoted, value } = match.groups!;
      yield {
        name: lastName(name!),
        value: value!,
        start: match.index + match[0].lastIndexOf(value!),
        bare: pattern === PART || pattern === FLOW,
      };
    }
  for (const match of line.matchAll(NETRC))
    yield {
      name: match.groups!["name"]!,
      value: match.groups!["value"]!,
      start: match.index + match[0].length - match.groups!["value"]!.length,
    };
  for (const match of line.matchAll(WORDS))
    if (looksDrawn(match.groups!["value"]!))
      yield {
        name: match.groups!["name"]!,
        value: match.groups!["value"]!,
        start: match.index + match[0].lastIndexOf(match.groups!["value"]!),
        bare: match.groups!["quote"] === "",
      };
  for (const match of [PGPASS.exec(line), USERLIST.exec(line), ACL.exec(line), ...line.matchAll(SQL)])
    if (match)
      yield {
        name: "password",
        value: match.groups!["value"]!,
        start: match.index + match[0].lastIndexOf(match.groups!["value"]!),
      };
}

/** `//registry.example/:_authToken` → `_authToken`. */
const lastName = (name: string): string => name.slice(name.lastIndexOf(":") + 1) || name;

/** The entries below `data` and `stringData` of a Secret that is written out as YAML. */
export function* dataOfSecrets(text: string): Generator<Assignment> {
  let at = 0;
  let secret = false;
  let section = -1;
  for (const line of text.split("\n")) {
    const indent = line.search(/\S/);
    if (/^---/.test(line)) [secret, section] = [false, -1];
    else if (/^\s*(?:-\s+)?kind:\s*["']?Secret\b/.test(line)) secret = true;
    else if (/^\s*(?:data|stringData):\s*$/.test(line)) section = indent;
    else if (indent >= 0 && indent <= section) section = -1;
    else if (secret && section >= 0) {
      const { name, value } = LINE.exec(line)?.groups ?? {};
      if (value) yield { name: name!, value: unquoted(value), start: at + line.length - value.length };
    }
    at += line.length + 1;
  }
}

/** The text within quotes, or up to a comment or the end of an entry. */
function unquoted(value: string): string {
  const quoted = /^(["'`])((?:\\.|(?!\1)[^])*)\1/.exec(value);
  return quoted
    ? quoted[2]!
    : value
        .replace(/\s+(?:#|\/\/).*$/, "")
        .replace(/[;,]\s*$/, "")
        .trim();
}
