/**
 * What Terraform lets be assigned to what:
 * https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
import type { BlockSchema, Type } from "./provider-schema.ts";

export const object = (fields: Record<string, Type>): Type => ["object", fields];
export const isPrimitive = (type: Type): type is "string" | "number" | "bool" =>
  type === "string" || type === "number" || type === "bool";

export function show(type: Type): string {
  if (typeof type === "string") return type === "dynamic" ? "any" : type;
  if (type[0] === "object") return `object({ ${Object.keys(type[1]).join(", ")} })`;
  return type[0] === "tuple" ? "a list" : `${type[0]}(${show(type[1])})`;
}

/** What iterating over a value, or indexing it, yields. */
export function element(type: Type): Type {
  if (typeof type === "string") return "dynamic";
  if (type[0] === "object") return common(Object.values(type[1]));
  if (type[0] === "tuple") return common(type[1]);
  return type[1];
}

/** The type that all share; elements of differing types are not followed further. */
export function common(types: Type[]): Type {
  const [first, ...rest] = types;
  return first !== undefined && rest.every((type) => JSON.stringify(type) === JSON.stringify(first))
    ? first
    : "dynamic";
}

/**
 * Whether a value of one type converts to another; strings are given the benefit of the doubt where a number is wanted.
 */
export function converts(from: Type, to: Type): boolean {
  if (from === "dynamic" || to === "dynamic") return true;
  if (isPrimitive(from) && isPrimitive(to)) return from === to || from === "string" || to === "string";
  if (isPrimitive(from) || isPrimitive(to)) return false;
  const isSequence = (type: Type) => type[0] === "list" || type[0] === "set" || type[0] === "tuple";
  if (isSequence(from) || isSequence(to))
    return isSequence(from) && isSequence(to) && converts(element(from), element(to));
  if (from[0] === "object" && to[0] === "object") {
    return Object.entries(to[1]).every(([name, type]) =>
      from[1][name] ? converts(from[1][name], type) : to[2]?.includes(name),
    );
  }
  return from[0] === "object" && to[0] === "map"
    ? Object.values(from[1]).every((type) => converts(type, to[1]))
    : converts(element(from), element(to));
}

/** The object that a resource's or nested block's value is. */
export function blockType({ attributes, block_types }: BlockSchema): Type {
  return object({
    ...Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, type])),
    ...Object.fromEntries(
      Object.entries(block_types).map(([name, { nesting_mode, block }]) => [
        name,
        nesting_mode === "single" ? blockType(block) : ([nesting_mode, blockType(block)] satisfies Type),
      ]),
    ),
  });
}
