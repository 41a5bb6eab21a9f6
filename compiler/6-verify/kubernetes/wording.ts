/** `"a", "b", "c"`; long lists are cut, since nobody reads thirty names. */
export function quoted(values: readonly unknown[]): string {
  const first = values.slice(0, 12).map((value) => JSON.stringify(value));
  return first.join(", ") + (values.length > 12 ? `, and ${values.length - 12} more` : "");
}

/** A value as people see it in a message. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value !== null && typeof value === "object") return "an object";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

const TYPE_NAMES: Record<string, string> = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a string",
};

export const typeName = (type: string): string => TYPE_NAMES[type] ?? type;

/** `; did you mean "x"?`, or nothing when no known name is near. */
export const suggestion = (near: string | undefined): string =>
  near === undefined ? "" : `; did you mean ${JSON.stringify(near)}?`;
