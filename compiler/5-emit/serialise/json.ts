import { assertJson } from "./json-value.ts";

/** Indented JSON in the caller's key order, with a newline at the end. */
export function json(value: unknown): string {
  assertJson(value, "JSON");
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
