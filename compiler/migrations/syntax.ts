import type { Expression, Node, ObjectExpression, ObjectProperty } from "oxc-parser";
import type { Edit } from "./migration.ts";

/** What stands inside of parentheses and types. */
export function unwrapped(node: Expression): Expression {
  let current = node;
  while (isWrapper(current)) current = current.expression;
  return current;
}

const WRAPPERS = new Set<Node["type"]>([
  "ParenthesizedExpression",
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
]);

const isWrapper = (node: Expression): node is Extract<Expression, { type: "ParenthesizedExpression" }> =>
  WRAPPERS.has(node.type);

/** The text of a literal, undefined for what is none. */
export function textOf(node: Expression): string | undefined {
  const inner = unwrapped(node);
  if (inner.type === "Literal") return typeof inner.value === "string" ? inner.value : undefined;
  if (inner.type !== "TemplateLiteral" || inner.expressions.length > 0) return undefined;
  return inner.quasis[0]?.value.cooked ?? undefined;
}

/** A key, in quotes only where it needs some. */
export const keyText = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

export const insert = (at: number, text: string): Edit => ({ start: at, end: at, text });
const remove = (start: number, end: number): Edit => ({ start, end, text: "" });

const TRIVIA = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;

/** Where the next token begins. */
function tokenAfter(text: string, offset: number): number {
  TRIVIA.lastIndex = offset;
  TRIVIA.exec(text);
  return TRIVIA.lastIndex;
}

/** Takes a property away, with its comma and its line where it has one for itself. Comments stay. */
export function withoutProperty(text: string, object: ObjectExpression, property: ObjectProperty): Edit[] {
  const { start, end } = property;
  const next = tokenAfter(text, end);
  const comma = text[next] === "," ? next : undefined;
  if (object.properties.length === 1) {
    const [from, to] = [object.start + 1, object.end - 1];
    const isAlone = /^\s*$/.test(text.slice(from, start)) && /^\s*,?\s*$/.test(text.slice(end, to));
    if (isAlone) return [remove(from, to)];
  }
  if (comma !== undefined) {
    const gap = comma === end ? [remove(...spread(text, start, comma + 1))] : [remove(start, end)];
    return comma === end ? gap : [...gap, remove(comma, comma + 1)];
  }
  const before = object.properties[object.properties.indexOf(property) - 1];
  if (before === undefined) return [remove(start, end)];
  const earlier = tokenAfter(text, before.end);
  return /^\s*$/.test(text.slice(earlier + 1, start))
    ? [remove(earlier, end)]
    : [remove(earlier, earlier + 1), remove(start, end)];
}

/** A range with the space that would be left over: the line where it is all of one, else the space on one side. */
function spread(text: string, start: number, end: number): [start: number, end: number] {
  const [indent] = /[ \t]*$/.exec(text.slice(0, start))!;
  const [, space, lineEnd = ""] = /^([ \t]*)(\r\n|\n|\r)?/.exec(text.slice(end)) as unknown as [
    string,
    string,
    string?,
  ];
  if (lineEnd === "") return [start, end + space.length];
  const beginsLine = /^$|[\r\n]$/.test(text.slice(0, start - indent.length).slice(-1));
  return [start - indent.length, beginsLine ? end + space.length + lineEnd.length : end];
}
