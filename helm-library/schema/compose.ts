/**
 * Writes <chart>/values.schema.json from the parts in this folder. Helm resolves no reference to another file, so what
 * the charts share is written once here and composed. `node --import tsx helm-library/schema/compose.ts` after an edit;
 * a test compares.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

interface Part {
  title?: string;
  if?: object;
  then?: object;
  required?: string[];
  properties: Record<string, object>;
  definitions?: Record<string, object>;
}

/** The parts of each chart's values; a later part adds to the properties of an earlier one. */
export const charts: Record<string, string[]> = {
  service: ["workload", "serving", "replicated", "service"],
  job: ["workload", "job"],
  stateful: ["workload", "serving", "replicated", "stateful"],
  daemon: ["workload", "serving", "daemon"],
};

function composeSchema(parts: Part[]): object {
  const {
    properties: _properties,
    definitions: _definitions,
    required: _required,
    ...rest
  } = Object.assign({}, ...parts) as Part;
  const properties: Record<string, object> = {};
  for (const part of parts) {
    for (const [name, schema] of Object.entries(part.properties)) {
      properties[name] = { ...properties[name], ...schema };
    }
  }
  const definitions = Object.assign({}, ...parts.map((part) => part.definitions ?? {})) as Record<string, object>;
  return unwrapRefs({
    $schema: "http://json-schema.org/draft-07/schema#",
    ...rest,
    type: "object",
    additionalProperties: false,
    required: parts.flatMap((part) => part.required ?? []),
    properties,
    definitions: pick(definitions, used(properties, definitions)),
  }) as object;
}

/**
 * In draft-07 siblings of $ref are ignored (core 8.3): `{ $ref, minLength }` becomes
 * `{ allOf: [{ $ref }], minLength }`.
 */
function unwrapRefs(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(unwrapRefs);
  if (typeof node !== "object" || node === null) return node;
  const { $ref, ...siblings } = node as Record<string, unknown>;
  const rest = Object.fromEntries(Object.entries(siblings).map(([key, value]) => [key, unwrapRefs(value)]));
  if ($ref === undefined) return rest;
  return Object.keys(rest).length === 0 ? { $ref } : { ...rest, allOf: [{ $ref }] };
}

/** The definitions reached from the properties, directly or through other definitions. */
function used(properties: object, definitions: Record<string, object>): Set<string> {
  const found = new Set<string>();
  const visit = (node: object): void => {
    for (const [, name] of JSON.stringify(node).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      if (name === undefined || found.has(name)) continue;
      found.add(name);
      visit(definitions[name] ?? {});
    }
  };
  visit(properties);
  return found;
}

function pick(all: Record<string, object>, names: Set<string>): Record<string, object> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)));
}

/** Chart → the text of its values.schema.json. */
export function chartSchemas(): Record<string, string> {
  const read = (part: string): Part =>
    JSON.parse(readFileSync(new URL(`${part}.json`, import.meta.url), "utf8")) as Part;
  return Object.fromEntries(
    Object.entries(charts).map(([chart, parts]) => [
      chart,
      JSON.stringify(composeSchema(parts.map(read)), null, 2) + "\n",
    ]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [chart, text] of Object.entries(chartSchemas())) {
    writeFileSync(new URL(`../${chart}/values.schema.json`, import.meta.url), text);
  }
}
