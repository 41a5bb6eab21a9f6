import type { Schema } from "../schema.ts";

/** The words in which the schemas of this folder are written. */
export const STRING: Schema = { type: "string" };
export const BOOLEAN: Schema = { type: "boolean" };
export const INT32: Schema = { type: "integer", format: "int32" };
export const INT64: Schema = { type: "integer", format: "int64" };
export const ANYTHING: Schema = { "x-kubernetes-preserve-unknown-fields": true };

/** What metav1.Duration parses, without signs: https://pkg.go.dev/time#ParseDuration */
export const DURATION: Schema = { type: "string", pattern: "^([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$" };

/** A field whose name ends in `!` in the table below is required. */
export function object(fields: Record<string, Schema>): Schema {
  const required = Object.keys(fields).filter((name) => name.endsWith("!"));
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name.replace(/!$/, ""), schema])),
    ...(required.length > 0 ? { required: required.map((name) => name.slice(0, -1)) } : {}),
  };
}

export const list = (items: Schema): Schema => ({ type: "array", items });
export const map = (values: Schema): Schema => ({ type: "object", additionalProperties: values });
export const oneOf = (...values: string[]): Schema => ({ type: "string", enum: values });
export const text = (minLength: number, maxLength: number): Schema => ({ type: "string", minLength, maxLength });
