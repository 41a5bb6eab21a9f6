import { valueAt, type PathSegment } from "../../../diagnostics/config-path.ts";
import type { Violation } from "../violation.ts";

/**
 * What a controller refuses although its CRD accepts it. A rule looks at one object, which may break its schema
 * anywhere, and yields what it finds; `at` and `listAt` make of a wrong shape an absent value.
 */
export type Rule = (object: unknown) => Iterable<Violation>;

/** The object at a path, or undefined where there is none. */
export function at(object: unknown, ...path: PathSegment[]): Record<string, unknown> | undefined {
  const value = valueAt(object, path);
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The entries of a list at a path, objects only, each with its own path. */
export function listAt(
  object: unknown,
  ...path: PathSegment[]
): { path: PathSegment[]; entry: Record<string, unknown> }[] {
  const list = valueAt(object, path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index) => {
    const found = at(entry);
    return found ? [{ path: [...path, index], entry: found }] : [];
  });
}

export const violation = (path: PathSegment[], keyword: string, message: string): Violation => ({
  path,
  message,
  keyword,
});

/** Which of these fields an object has. */
export const present = (object: Record<string, unknown>, fields: readonly string[]): string[] =>
  fields.filter((field) => object[field] !== undefined);

const GO_DURATION =
  /^[+-]?(0|(\d+(\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h))((\d+(\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h))*$/;

/** https://pkg.go.dev/time#ParseDuration */
export const isGoDuration = (text: string): boolean => GO_DURATION.test(text);
