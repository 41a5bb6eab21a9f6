/** Values of a chart with another text at a path. */
export function withValue(
  values: object,
  [key, ...rest]: readonly string[],
  text: string,
): { [field: string]: unknown } {
  const inner = (values as Record<string, unknown>)[key!] ?? {};
  return { ...values, [key!]: rest.length === 0 ? text : withValue(inner, rest, text) };
}
