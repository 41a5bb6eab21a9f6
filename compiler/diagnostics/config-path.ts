/** One step into a value: a key of an object or an index of a list. */
export type PathSegment = string | number;

const PLAIN_KEY = /^[^.[\]"\s]+$/;

/** `["services", "web", "ports", 0]` → `services.web.ports[0]`; odd keys are quoted: `labels["a.b/c"]`. */
export function formatPath(segments: readonly PathSegment[]): string {
  let path = "";
  for (const segment of segments) {
    if (typeof segment === "number") path += `[${segment}]`;
    else if (PLAIN_KEY.test(segment)) path += path === "" ? segment : `.${segment}`;
    else path += `[${JSON.stringify(segment)}]`;
  }
  return path;
}

const SEGMENT = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\.?([^.[\]"\s]+)/gy;

/** The inverse of {@link formatPath}. Throws on text that is not a config path. */
export function parsePath(path: string): PathSegment[] {
  const segments: PathSegment[] = [];
  let end = 0;
  for (const match of path.matchAll(SEGMENT)) {
    const [text, index, quoted, key] = match;
    segments.push(index !== undefined ? Number(index) : quoted !== undefined ? (JSON.parse(quoted) as string) : key!);
    end = match.index + text.length;
  }
  if (end !== path.length) throw new SyntaxError(`not a config path: ${path}`);
  return segments;
}

/** The path of a child, written without parsing the parent. */
export function childPath(parent: string, segment: PathSegment): string {
  if (typeof segment === "number") return `${parent}[${segment}]`;
  if (!PLAIN_KEY.test(segment)) return `${parent}[${JSON.stringify(segment)}]`;
  return parent === "" ? segment : `${parent}.${segment}`;
}

/** Whether a path is, or lies below, another one. */
export const isWithin = (path: readonly PathSegment[], above: readonly PathSegment[]): boolean =>
  above.every((segment, index) => path[index] === segment);

/** The value at a path, or undefined where a step is missing. */
export function valueAt(root: unknown, segments: readonly PathSegment[]): unknown {
  let value = root;
  for (const segment of segments) {
    if (value === null || typeof value !== "object") return undefined;
    value = Object.hasOwn(value, segment) ? (value as Record<PathSegment, unknown>)[segment] : undefined;
  }
  return value;
}

/** The paths that a pattern stands for in a value: each `*` is every key there. */
export function pathsOf(root: unknown, pattern: readonly string[], from: readonly string[] = []): string[][] {
  const star = pattern.indexOf("*");
  if (star < 0) return [[...from, ...pattern]];
  const above = [...from, ...pattern.slice(0, star)];
  const record = valueAt(root, above);
  return record === null || typeof record !== "object"
    ? []
    : Object.keys(record).flatMap((key) => pathsOf(root, pattern.slice(star + 1), [...above, key]));
}
