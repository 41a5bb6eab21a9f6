import type { PathSegment } from "../../diagnostics/config-path.ts";
import { argumentsOf } from "./arguments.ts";
import { secretByName, secretsIn, shapedIn, type Where } from "./judge.ts";
import { mayHoldSecret } from "./shapes.ts";

/** A secret that stands somewhere in data. */
export interface Leak {
  /** Where; of a key that is a secret, the object that has it. */
  path: readonly PathSegment[];
  title: string;
  /** Set where the secret is a key, an index says less than the line, or a text holds several. */
  detail?: string;
  /** Where it begins in the text. Default: at its beginning */
  start?: number;
}

type Data = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Data =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";

/** Free data, as patches hold it: what a value is follows from the names above it and beside it. */
export function* leaksOfStructure(value: unknown, path: readonly PathSegment[] = [], name = ""): Generator<Leak> {
  if (isText(value)) return yield* leaksOfText(value, path, name, "structure");
  if (Array.isArray(value)) {
    if (value.every(isText) && value.length > 0 && /^(?:args|command|arguments|cmd|entrypoint)$/i.test(name))
      return yield* leaksOfCommand(value, path);
    for (const [index, child] of value.entries()) yield* leaksOfStructure(child, [...path, index], name);
    return;
  }
  if (!isObject(value)) {
    if (typeof value === "number" && secretByName(name, String(value), "structure"))
      yield { path, title: "a secret, by its name" };
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    yield* leakOfKey(key, path);
    if (value["kind"] === "Secret" && (key === "data" || key === "stringData") && isObject(child))
      yield* leaksOfSecret(child, [...path, key]);
    else yield* leaksOfStructure(child, [...path, key], nameOf(key, value, name));
  }
}

/** A name beside `value` is its name, as in lists of variables; an object's own name is that of its `value`. */
function nameOf(key: string, owner: Data, name: string): string {
  if (key !== "value") return key;
  const label = owner["name"] ?? owner["key"];
  return isText(label) ? label : name;
}

/** Whatever the data of a Secret holds is one. */
function* leaksOfSecret(data: Data, path: readonly PathSegment[]): Generator<Leak> {
  for (const [key, child] of Object.entries(data))
    if (isText(child) && !/^(?:|\$.*|\{\{.*\}\}|<.*>)$/s.test(child))
      yield { path: [...path, key], title: "the data of a Secret" };
}

export function* leakOfKey(key: string, path: readonly PathSegment[]): Generator<Leak> {
  if (mayHoldSecret(key) && shapedIn(key).length > 0)
    yield { path, title: `${shapedIn(key)[0]!.title}`, detail: "a key of" };
}

/** One text under a name. Of a text of several lines each line with a secret is said. */
export function* leaksOfText(text: string, path: readonly PathSegment[], name: string, where: Where): Generator<Leak> {
  const byName = text.includes("\n") && text.trim().includes("\n") ? undefined : secretByName(name, text.trim(), where);
  if (byName !== undefined && shapedIn(text).length === 0) return yield { path, title: byName };
  const several = text.trim().includes("\n");
  let [line, said, at] = [1, 0, 0];
  for (const { title, key, start } of secretsIn(text, where)) {
    for (let end = text.indexOf("\n", at); end >= 0 && end < start; end = text.indexOf("\n", at))
      [line, at] = [line + 1, end + 1];
    if (line === said) continue;
    said = line;
    yield {
      path,
      title,
      start,
      ...(several ? { detail: `line ${line}${key === undefined || mayHoldSecret(key) ? "" : ` (${key})`} of` } : {}),
    };
  }
}

/** A command and its arguments, read together: what a flag takes is the next one. */
export function* leaksOfCommand(line: readonly string[], path: readonly PathSegment[]): Generator<Leak> {
  const leaks = new Map<number, string>();
  for (const [index, argument] of line.entries()) {
    const [first] = secretsIn(argument, "contents");
    if (first) leaks.set(index, first.title);
  }
  for (const { name, value, index } of argumentsOf(line)) {
    const title = secretByName(name, value, "variable");
    if (title !== undefined && !leaks.has(index)) leaks.set(index, title);
  }
  for (const [index, title] of [...leaks].sort(([a], [b]) => a - b)) yield { path: [...path, index], title };
}

/** An operation of a JSON patch: the last part of its path is the name of its value. */
export function* leaksOfOperation(operation: Data, path: readonly PathSegment[]): Generator<Leak> {
  const parts = isText(operation["path"])
    ? operation["path"].split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    : [];
  const name = parts.findLast((part) => !/^(?:\d+|-)$/.test(part)) ?? "";
  for (const [key, child] of Object.entries(operation)) {
    if (key === "value") yield* leaksOfStructure(child, [...path, key], name);
    else if (isText(child) && shapedIn(child).length > 0)
      yield { path: [...path, key], title: shapedIn(child)[0]!.title };
  }
}
