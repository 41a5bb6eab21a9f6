import { formatPath, parsePath, type PathSegment } from "../../compiler/diagnostics/config-path.ts";

/** What takes a word's place. */
export type Replacement = ReadonlyMap<string, string>;

/**
 * A copy of the data with every string that is exactly such a word replaced, keys and values alike: names and what
 * refers to them stay together.
 */
export function replaceWords(data: unknown, words: Replacement): unknown {
  return mapStrings(data, (text) => words.get(text) ?? text);
}

/** The paths, after the replacement, at which each word stood: what a finding about it points at. */
export function placesOf(data: unknown, words: Replacement): Map<string, string[]> {
  const places = new Map<string, string[]>();
  const note = (word: string, path: readonly PathSegment[]) => {
    const place = formatPath(path);
    if (words.has(word)) places.set(word, [...(places.get(word) ?? []), place]);
  };
  const visit = (value: unknown, path: readonly PathSegment[]): void => {
    if (typeof value === "string") note(value, path);
    else if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index]));
    else if (value !== null && typeof value === "object") {
      for (const [key, child] of Object.entries(value)) {
        const at = [...path, words.get(key) ?? key];
        note(key, at);
        visit(child, at);
      }
    }
  };
  visit(data, []);
  return places;
}

/** A path after the replacement → the path before it. */
export function originalPath(data: unknown, path: string, words: Replacement): string {
  let node: unknown = data;
  const segments = parsePath(path).map((segment) => {
    const key =
      node !== null && typeof node === "object"
        ? (Object.keys(node).find((name) => String(words.get(name) ?? name) === String(segment)) ?? segment)
        : segment;
    node = (node as Record<string, unknown> | undefined)?.[key];
    return typeof segment === "number" ? segment : key;
  });
  return formatPath(segments);
}

/**
 * Puts replacements into parsed output, where a word may also be a part of a scalar: `zqweb` in `services.zqweb`. The
 * whole vocabulary is looked for, so that a word is not found inside of a longer one.
 */
export function substitution(vocabulary: readonly string[], words: Replacement): <T>(data: T) => T {
  const longestFirst = [...vocabulary]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const pattern = new RegExp(longestFirst.join("|"), "g");
  return <T>(data: T) => mapStrings(data, (text) => text.replaceAll(pattern, (word) => words.get(word) ?? word)) as T;
}

/** Lists sorted by content: the compiler sorts by name, and another name has another place. */
export function inOneOrder(data: unknown): unknown {
  if (Array.isArray(data)) {
    const items = data
      .map((item) => inOneOrder(item))
      .map((item) => ({ item, text: JSON.stringify(item, sortedKeys) }));
    return items.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ item }) => item);
  }
  if (data === null || typeof data !== "object") return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, inOneOrder(value)]));
}

const sortedKeys = (_: string, value: unknown): unknown =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

function mapStrings(data: unknown, map: (text: string) => string): unknown {
  if (typeof data === "string") return map(data);
  if (Array.isArray(data)) return data.map((item) => mapStrings(item, map));
  if (data === null || typeof data !== "object" || Object.getPrototypeOf(data) !== Object.prototype) return data;
  const copy: Record<string, unknown> = {};
  // `__proto__` is a key like any other.
  for (const [key, value] of Object.entries(data))
    Object.defineProperty(copy, map(key), {
      value: mapStrings(value, map),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return copy;
}
