import { fieldNode, itemsNode, type SchemaNode } from "../schema-node.ts";

/**
 * A value as CEL reads it by its schema: whole numbers are `int`, which the library has as BigInt, and points in time
 * are timestamps:
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#type-checking
 */
export function typed(node: SchemaNode | null | undefined, value: unknown): unknown {
  if (typeof value === "number")
    return Number.isInteger(value) && node?.schema.type !== "number" ? BigInt(value) : value;
  // oxlint-disable-next-line no-restricted-globals -- a text of the object, with a zone of its own
  if (typeof value === "string" && node?.schema.format === "date-time") return new Date(value);
  if (Array.isArray(value)) {
    const items = node ? itemsNode(node) : undefined;
    return value.map((item) => typed(items, item));
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) =>
      field === undefined ? [] : [[name, typed(node ? fieldNode(node, name) : undefined, field)]],
    ),
  );
}
