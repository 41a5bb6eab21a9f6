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
export const withoutProperty = (text: string, object: ObjectExpression, property: ObjectProperty): Edit[] =>
  withoutProperties(text, object, [property]);

/** Takes properties of one object away, in the same way. */
export function withoutProperties(
  text: string,
  object: ObjectExpression,
  properties: readonly ObjectProperty[],
): Edit[] {
  const gone = new Set<ObjectExpression["properties"][number]>(properties);
  const last = object.properties.at(-1);
  const rest = object.properties.filter((one) => !gone.has(one)).at(-1);
  const behind = object.properties.slice(rest === undefined ? 0 : object.properties.indexOf(rest) + 1);
  const hasComma = last !== undefined && text[tokenAfter(text, last.end)] === ",";
  // All behind the last that stays, where nothing but them is there.
  if (behind.length > 0 && (!hasComma || rest === undefined)) {
    const [from, to] =
      rest === undefined ? [object.start + 1, object.end - 1] : [tokenAfter(text, rest.end), last!.end];
    if (isBlankBut(text, from, to, behind as ObjectProperty[]))
      return [
        ...withoutEach(
          text,
          object,
          properties.filter((one) => !behind.includes(one)),
        ),
        remove(from, to),
      ];
  }
  return withoutEach(text, object, properties);
}

/** Whether there is nothing but these properties, their commas and space. */
function isBlankBut(text: string, from: number, to: number, properties: readonly ObjectProperty[]): boolean {
  let end = from;
  for (const property of properties) {
    if (remarksIn(text, property) !== "" || !/^[\s,]*$/.test(text.slice(end, property.start))) return false;
    end = property.end;
  }
  return /^[\s,]*$/.test(text.slice(end, to));
}

const withoutEach = (text: string, object: ObjectExpression, properties: readonly ObjectProperty[]): Edit[] =>
  properties.flatMap((property) => {
    const { start, end } = property;
    const remarks = remarksIn(text, property);
    const next = tokenAfter(text, end);
    const comma = text[next] === "," ? next : undefined;
    if (comma !== undefined)
      return comma === end && remarks === ""
        ? [remove(...withSpace(text, start, comma + 1))]
        : [{ start, end, text: remarks }, remove(comma, comma + 1)];
    const before = object.properties[object.properties.indexOf(property) - 1];
    if (before === undefined) return [{ start, end, text: remarks }];
    const earlier = tokenAfter(text, before.end);
    return [remove(earlier, earlier + 1), { start, end, text: remarks }];
  });

/** The comments between a key and its value. */
function remarksIn(text: string, { key, value }: ObjectProperty): string {
  const next = tokenAfter(text, key.end);
  const colon = text[next] === "]" ? tokenAfter(text, next + 1) : next;
  const between = text.slice(key.end, next) + text.slice(colon + 1, value.start);
  return between.includes("//") ? between.trimStart() : between.trim();
}

/** A range with the space that would be left over: the line where it is all of one, else the space on one side. */
function withSpace(text: string, start: number, end: number): [start: number, end: number] {
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
