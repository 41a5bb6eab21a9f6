import { formatPath, type PathSegment } from "../../diagnostics/config-path.ts";

/** A mapping as every serialiser takes it. */
export type JsonObject = { readonly [key: string]: unknown };

/**
 * Plain objects only: a Date, a Map or a class instance would silently become `{}`.
 * Objects of another realm count as plain (a config may be evaluated in its own context).
 */
export function isPlainObject(value: unknown): value is JsonObject {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A surrogate without its partner: no Unicode text, so neither UTF-8 nor any of the formats can hold it. */
export const LONE_SURROGATE = /\p{Surrogate}/u;

/** Throws on what JSON would drop or change in silence: undefined, functions, NaN, dates, lone surrogates. */
export function assertJson(value: unknown, format: string): void {
  if (!isJson(value)) throw unserialisable(value, format);
}

/** The same as {@link findFault}, without keeping track of where it is. */
function isJson(value: unknown): boolean {
  if (value === null || typeof value === "boolean") return true;
  if (typeof value === "string") return !LONE_SURROGATE.test(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (!isJson(value[index])) return false;
    return true;
  }
  return isPlainObject(value) && Object.keys(value).every((key) => !LONE_SURROGATE.test(key) && isJson(value[key]));
}

/** A bug of the caller, thrown: says where in the data the value stands that the format cannot hold. */
export function unserialisable(root: unknown, format: string): TypeError {
  const fault = findFault(root, []);
  const place = fault && fault.path.length > 0 ? ` at ${formatPath(fault.path)}` : "";
  return new TypeError(`${format} cannot hold ${fault?.what ?? "this value"}${place}`);
}

function findFault(value: unknown, path: PathSegment[]): { path: PathSegment[]; what: string } | undefined {
  if (value === null || typeof value === "boolean") return undefined;
  if (typeof value === "string") return LONE_SURROGATE.test(value) ? { path, what: "a lone surrogate" } : undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : { path, what: String(value) };
  if (Array.isArray(value))
    return firstFault(
      Array.from(value, (item, index) => [index, item] as const),
      path,
    );
  if (!isPlainObject(value))
    return { path, what: typeof value === "object" ? `a ${value?.constructor?.name}` : describe(value) };
  const key = Object.keys(value).find((name) => LONE_SURROGATE.test(name));
  if (key !== undefined) return { path, what: "a lone surrogate in a key" };
  return firstFault(Object.entries(value), path);
}

function firstFault(children: readonly (readonly [PathSegment, unknown])[], path: PathSegment[]) {
  for (const [segment, child] of children) {
    const fault = findFault(child, [...path, segment]);
    if (fault) return fault;
  }
  return undefined;
}

const describe = (value: unknown): string => (value === undefined ? "undefined" : `a ${typeof value}`);
