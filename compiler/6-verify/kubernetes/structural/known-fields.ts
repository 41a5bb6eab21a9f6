import type { Schema } from "./schema.ts";

/**
 * The API server checks labels and ports in code, so schemas call them plain maps and integers. Field names tell where
 * they stand; the formats set here are checked in ../formats.ts.
 */
export function withKnownFormats(name: string, schema: Schema): Schema {
  if (name === "metadata") return withFormats(schema, { labels: "labels", annotations: "annotations" });
  if (schema.properties?.matchLabels && schema.properties["matchExpressions"])
    return withFormats(schema, { matchLabels: "labels" });
  if (LABEL_MAPS.has(name) && isStringMap(schema)) return { ...schema, format: "labels" };
  if (PORTS.has(name) && schema.$ref?.endsWith(".IntOrString")) return { type: ["integer", "string"], format: "port" };
  if (PORTS.has(name) && isNumeric(schema)) return { ...schema, format: "port" };
  if (name === "port") return withFormats(schema, { number: "port" });
  if (name === "ports" && schema.items) return { ...schema, items: withFormats(schema.items, { number: "port" }) };
  return schema;
}

const LABEL_MAPS = new Set(["labelSelectors", "nodeSelector", "nodeSelectors", "selector"]);
const PORTS = new Set(["containerPort", "endPort", "hostPort", "nodePort", "port", "portNumber", "targetPort"]);

const isStringMap = ({ additionalProperties }: Schema): boolean =>
  typeof additionalProperties === "object" && additionalProperties.type === "string";
const isNumeric = ({ type }: Schema): boolean => [type].flat().includes("integer");

function withFormats(schema: Schema, formats: Record<string, string>): Schema {
  if (!schema.properties) return schema;
  const named = Object.entries(schema.properties).map(([name, property]): [string, Schema] => {
    const format = formats[name];
    return [name, format && (isStringMap(property) || isNumeric(property)) ? { ...property, format } : property];
  });
  return { ...schema, properties: Object.fromEntries(named) };
}
