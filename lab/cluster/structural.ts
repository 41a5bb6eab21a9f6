/**
 * From a pinned schema of schemas/crds back to what a CRD may hold:
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonSchema, RootSchema } from "../../compiler/6-verify/kubernetes/json-schema.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";

export type Structural = Readonly<Record<string, unknown>>;

/**
 * References are written out, and closed objects left to the server, which takes no unknown field under strict
 * validation.
 */
export function structuralSchema(file: string): Structural {
  const { $defs = {}, ...root } = JSON.parse(
    readFileSync(join(PACKAGE_ROOT, "schemas/crds", file), "utf8"),
  ) as RootSchema;
  const { apiVersion: _, kind: __, metadata: ___, ...properties } = root.properties!;
  const required = root.required!.filter((name) => name in properties);
  return structural({ type: "object", properties, ...(required.length > 0 ? { required } : {}) }, $defs);
}

/** What a structural schema knows no form of, or only together with more than we have. */
const LEFT_OUT = new Set(["uniqueItems", "x-kubernetes-list-map-keys", "title", "format"]);

function structural(schema: JsonSchema, defs: Readonly<Record<string, JsonSchema>>): Structural {
  if (schema.$ref) return structural(defs[schema.$ref.slice("#/$defs/".length)]!, defs);
  if (Array.isArray(schema.type)) return { "x-kubernetes-int-or-string": true }; // ports and quantities
  if (schema.type === undefined) return { "x-kubernetes-preserve-unknown-fields": true }; // any JSON
  const convert = (child: JsonSchema): Structural => structural(child, defs);
  const entries = Object.entries(schema).flatMap(([keyword, value]): [string, unknown][] => {
    if (LEFT_OUT.has(keyword) || value === false) return [];
    if (keyword === "properties") return [[keyword, mapValues(value as Record<string, JsonSchema>, convert)]];
    if (keyword === "items" || (keyword === "additionalProperties" && typeof value === "object"))
      return [[keyword, convert(value as JsonSchema)]];
    return [[keyword, value]];
  });
  return Object.fromEntries(entries);
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
