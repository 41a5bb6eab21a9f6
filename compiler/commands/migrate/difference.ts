import { isDeepStrictEqual } from "node:util";
import { childPath } from "../../diagnostics/config-path.ts";

/** The first path at which two values of plain data differ, undefined where none does; the order of keys says nothing. */
export function difference(one: unknown, other: unknown, at = ""): string | undefined {
  if (isDeepStrictEqual(one, other)) return undefined;
  if (!isObject(one) || !isObject(other)) return at;
  for (const key of Object.keys({ ...one, ...other })) {
    const found = difference(one[key], other[key], childPath(at, Array.isArray(one) ? Number(key) : key));
    if (found !== undefined) return found;
  }
  return at;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
