import { assertJson } from "./json-value.ts";

/** Indented JSON in the caller's key order, with a newline at the end. */
export function json(value: unknown): string {
  assertJson(value, "JSON");
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/**
 * One spelling per value, for digests: no white space, keys in the order of their UTF-16 code units, strings and
 * numbers as ECMAScript prints them (RFC 8785).
 */
export function canonicalJson(value: unknown): string {
  assertJson(value, "JSON");
  return canonical(value);
}

function canonical(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.keys(value).sort(); // by code units, as JavaScript sorts
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`).join(",")}}`;
}
