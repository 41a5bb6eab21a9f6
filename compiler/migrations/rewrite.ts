import MagicString from "magic-string";
import {
  parseSync,
  visitorKeys,
  type Expression,
  type Node,
  type ObjectExpression,
  type ObjectProperty,
} from "oxc-parser";
import { keyName } from "../1-load/positions/key-name.ts";
import type { SourceText, Span } from "../1-load/source-text.ts";
import type { Edit, Source, Word } from "./migration.ts";
import { insert, unwrapped, withoutProperties } from "./syntax.ts";

/** An old form that is known to stand somewhere. */
export interface Place {
  /** Its config path; one that is shared by several has one of them. */
  at: string;
  word: Word;
  /** Where its key is written, as far as running the config tells. */
  offset: number;
}

/** A text that is known to stand somewhere, and what takes its place. */
export interface NewText {
  at: string;
  offset: number;
  text: string;
}

/** What stays as it is, and why. */
interface Kept {
  /** Absent for what no config path leads to. */
  at?: string;
  /** What would have become of it. */
  change: string;
  span: Span;
  why: string;
}

/** What became of a file. */
export interface Rewritten {
  text: string;
  /** What was rewritten, and where it stood. */
  changes: readonly { change: string; span: Span }[];
  kept: readonly Kept[];
}

/** A property, with the object that it is in. */
interface Member {
  property: ObjectProperty;
  object: ObjectExpression;
}

/**
 * A file with its old forms rewritten: those at the places, and those in what the words' helpers are given, which the
 * config may not reach today. Nothing but the edits changes.
 */
export function rewrite(
  file: SourceText,
  { places, texts, words }: { places: readonly Place[]; texts: readonly NewText[]; words: readonly Word[] },
): Rewritten {
  const { members, values, given, constants } = survey(file);
  const source: Source = { text: file.text, constant: (name) => constants.get(name) };
  const code = new MagicString(file.text);
  const changes: { change: string; span: Span }[] = [];
  const kept: Kept[] = [];
  const done = new Set<ObjectProperty>();
  /** What is taken out of objects: together, since the last that stays decides about the comma behind it. */
  const gone = new Map<ObjectExpression, ObjectProperty[]>();

  function apply(edits: readonly Edit[]): void {
    for (const { start, end, text } of edits)
      if (start === end) code.appendLeft(start, text);
      else if (text === "") code.remove(start, end);
      else code.update(start, end, text);
  }

  function renew(word: Word, { property, object }: Member, at?: string): void {
    if (done.has(property)) return;
    done.add(property);
    const rewritten = hasKey(object, word)
      ? { node: property.key, why: beside(word) }
      : word.rewrite(property.value, source);
    if ("why" in rewritten) {
      const { start, end } = rewritten.node;
      const span = file.span(start, end);
      kept.push({ change: word.change, span, why: rewritten.why, ...(at === undefined ? {} : { at }) });
      return;
    }
    changes.push({ change: word.change, span: file.span(property.key.start, property.key.end) });
    if (word.newKey === undefined) gone.set(object, [...(gone.get(object) ?? []), property]);
    else apply([...renameKey({ ...word, newKey: word.newKey }, property, file.text), ...rewritten]);
  }

  for (const { at, word, offset } of places) {
    const member = members.get(offset);
    if (member !== undefined && keyName(member.property) === word.key) renew(word, member, at);
    else
      kept.push({
        at,
        change: word.change,
        span: file.span(offset, offset),
        why: `no ${word.key} is written here as the key of an object`,
      });
  }
  for (const { at, offset, text } of texts) {
    const node = values.get(offset);
    const old = node?.type === "Literal" ? file.text.slice(node.start, node.end) : "";
    const change = `${old || "a path"} is called ${text} now`;
    if (node === undefined || !/^["']/.test(old)) {
      kept.push({ at, change, span: file.span(offset, offset), why: "no text is written here" });
      continue;
    }
    changes.push({ change, span: file.span(node.start, node.end) });
    apply([{ start: node.start, end: node.end, text: quoted(text, old[0]!) }]);
  }
  for (const word of words)
    for (const member of word.helper === undefined ? [] : (given.get(word.helper) ?? []))
      if (keyName(member.property) === word.key && word.isWrittenOld(member.property.value)) renew(word, member);
  for (const [object, properties] of gone) apply(withoutProperties(file.text, object, properties));
  return { text: code.toString(), changes, kept };
}

/** A text in quotes of the kind that stood there. */
const quoted = (text: string, quote: string): string =>
  quote === "'"
    ? `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
    : JSON.stringify(text);

/** Whether the new key stands beside the old one. */
const hasKey = (object: ObjectExpression, { key, newKey }: Word): boolean =>
  newKey !== undefined &&
  key !== newKey &&
  object.properties.some((one) => one.type === "Property" && keyName(one) === newKey);

/** Why nothing is renamed where the new key stands as well. */
export const beside = ({ key, newKey }: Word): string => `${newKey} stands beside ${key}: make one of them`;

function renameKey(
  { key, newKey }: Word & { newKey: string },
  { shorthand, key: node, value }: ObjectProperty,
  text: string,
): Edit[] {
  if (shorthand) return [insert(value.start, `${newKey}: `)];
  if (key === newKey) return [];
  const quote = /^["'`]/.exec(text.slice(node.start, node.end))?.[0] ?? "";
  return [{ start: node.start, end: node.end, text: `${quote}${newKey}${quote}` }];
}

/**
 * What a file has: members by the offset of their key, objects and texts by their own, members of what helpers are
 * given, and constants by name. One that is declared twice could be either, and is none.
 */
function survey(file: SourceText) {
  const { program } = parseSync(file.file, file.text, { lang: /\.[cm]?ts$/.test(file.file) ? "ts" : "js" });
  const members = new Map<number, Member>();
  const values = new Map<number, Node>();
  const given = new Map<string, Member[]>();
  const constants = new Map<string, Expression | undefined>();

  function visit(node: Node): void {
    if (node.type === "ObjectExpression")
      for (const member of membersOf(node)) members.set(member.property.key.start, member);
    if (node.type === "Literal" || node.type === "ObjectExpression") values.set(node.start, node);
    if (node.type === "CallExpression") {
      const [argument] = node.arguments;
      const helper = calledName(node.callee);
      const object = argument && argument.type !== "SpreadElement" ? unwrapped(argument) : undefined;
      if (helper !== undefined && object?.type === "ObjectExpression")
        given.set(helper, [...(given.get(helper) ?? []), ...membersOf(object)]);
    }
    if (node.type === "VariableDeclaration" && node.kind === "const")
      for (const { id, init } of node.declarations)
        if (id.type === "Identifier") constants.set(id.name, constants.has(id.name) ? undefined : (init ?? undefined));
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, Node | (Node | null)[] | null>)[key];
      for (const one of Array.isArray(child) ? child : [child]) if (one) visit(one);
    }
  }
  visit(program);
  return { members, values, given, constants };
}

/**
 * The file with the format written in the object at an offset: in the place of an older one, or before all else.
 * Undefined where neither can be.
 */
export function writeFormat(file: SourceText, offset: number, format: number): string | undefined {
  const object = survey(file).values.get(offset);
  if (object?.type !== "ObjectExpression") return undefined;
  const written = membersOf(object).find(({ property }) => keyName(property) === "format")?.property.value;
  const { text } = file;
  if (written !== undefined)
    return written.type === "Literal" ? text.slice(0, written.start) + format + text.slice(written.end) : undefined;
  const [space] = /^\s*/.exec(text.slice(object.start + 1))!;
  const rest = object.start + 1 + space.length;
  return `${text.slice(0, rest)}format: ${format},${space || " "}${text.slice(rest)}`;
}

const membersOf = (object: ObjectExpression): Member[] =>
  object.properties.flatMap((property) => (property.type === "Property" ? [{ property, object }] : []));

function calledName(callee: Expression): string | undefined {
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" && callee.property.type === "Identifier" ? callee.property.name : undefined;
}
