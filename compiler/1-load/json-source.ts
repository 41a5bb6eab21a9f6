import type { PathSegment } from "../diagnostics/config-path.ts";
import type { SourceText, Span } from "./source-text.ts";

/** A JSON value as it stands in a file. */
export interface JsonNode {
  start: number;
  end: number;
  /** Members of an object by key, items of a list by index. */
  children: Map<PathSegment, { key?: [start: number, end: number]; node: JsonNode }>;
}

export class JsonSyntaxError extends SyntaxError {
  readonly offset: number;
  /** What to do, where repairing that place would not do. */
  readonly hint: string | undefined;
  constructor(message: string, offset: number, hint?: string) {
    super(message);
    this.offset = offset;
    this.hint = hint;
  }
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const MAX_DEPTH = 200;

/**
 * Ten times what a thousand services on five environments need: more is a mistake of what wrote the file, and would
 * only cost time.
 */
const MAX_VALUES = 50_000;

/**
 * Reads strict JSON (RFC 8259) for the positions of its parts. JSON.parse gives none, its messages differ between
 * versions of Node, and it lets the last of two equal keys win without a word.
 */
export function parseJsonSource(text: string, maxValues = MAX_VALUES): JsonNode {
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let values = 0;

  function fail(message: string, offset = at, hint?: string): never {
    throw new JsonSyntaxError(message, offset, hint);
  }

  function found(): string {
    return at >= text.length
      ? "the file ends"
      : `there is ${JSON.stringify(String.fromCodePoint(text.codePointAt(at)!))}`;
  }

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const token = pattern.exec(text)?.[0];
    if (token !== undefined) at += token.length;
    return token;
  }

  function take(character: string): boolean {
    match(SPACE);
    if (text[at] !== character) return false;
    at++;
    return true;
  }

  function value(depth: number): JsonNode {
    match(SPACE);
    if (depth > MAX_DEPTH) fail(`nested deeper than ${MAX_DEPTH} levels`);
    if (++values > maxValues)
      fail(
        `more than ${maxValues.toLocaleString("en")} values stand before this one; the file is not read further`,
        at,
        "look at what wrote it",
      );
    const node: JsonNode = { start: at, end: at, children: new Map() };
    if (take("{")) members(node, depth);
    else if (take("[")) items(node, depth);
    else if ((match(STRING) ?? match(SCALAR)) === undefined) fail(`a value is expected, but ${found()}${conflict()}`);
    node.end = at;
    return node;
  }

  function members(node: JsonNode, depth: number): void {
    if (take("}")) return;
    do {
      match(SPACE);
      const start = at;
      const key = match(STRING) ?? fail(`a key in double quotes is expected, but ${found()}${conflict()}`);
      const name = JSON.parse(key) as string;
      if (node.children.has(name)) fail(`the key ${key} stands here a second time`, start);
      const span: [number, number] = [start, at];
      if (!take(":")) fail(`":" is expected, but ${found()}`);
      node.children.set(name, { key: span, node: value(depth + 1) });
    } while (take(","));
    if (!take("}")) fail(`"," or "}" is expected, but ${found()}${conflict()}`);
  }

  function items(node: JsonNode, depth: number): void {
    if (take("]")) return;
    do node.children.set(node.children.size, { node: value(depth + 1) });
    while (take(","));
    if (!take("]")) fail(`"," or "]" is expected, but ${found()}${conflict()}`);
  }

  function conflict(): string {
    return /^(?:<{7}|={7}|>{7})/.test(text.slice(at, at + 7)) ? ": a merge conflict is left in the file" : "";
  }

  const root = value(0);
  match(SPACE);
  if (at < text.length) fail(`the end of the file is expected, but ${found()}${conflict()}`);
  return root;
}

/** The part of the file that a path names, as far as the path exists in it. */
export function locateJson(
  source: SourceText,
  root: JsonNode,
  path: readonly PathSegment[],
  key = false,
): { span: Span; depth: number } {
  let node = root;
  let span: readonly [number, number] = [root.start, root.end];
  let depth = 0;
  for (const segment of path) {
    const child = node.children.get(segment);
    if (!child) break;
    node = child.node;
    span = key && depth === path.length - 1 && child.key ? child.key : [node.start, node.end];
    depth++;
  }
  return { span: source.span(...span), depth };
}
