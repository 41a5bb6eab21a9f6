/** An entry of a list that says again what an earlier one said. */
export interface Repeat {
  index: number;
  earlier: number;
}

/**
 * Entries that are equal to an earlier one: texts and numbers as a whole, objects in the fields that tell the entries of their list
 * apart. What is neither, or lacks the first of these fields, is another finding already.
 */
export function repeats(list: readonly unknown[], fields?: readonly string[]): Repeat[] {
  const seen = new Map<string, number>();
  const found: Repeat[] = [];
  for (const [index, entry] of list.entries()) {
    const given = fields === undefined ? [entry] : fields.map((field) => ofFields(entry, field));
    if (typeof given[0] !== "string" && typeof given[0] !== "number") continue;
    const key = JSON.stringify(given);
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, index);
    else found.push({ index, earlier });
  }
  return found;
}

/** `service|external`: what stands in the one or the other, and which of them it is. */
function ofFields(entry: unknown, fields: string): unknown {
  const values = entry as Record<string, unknown> | null;
  const names = fields.split("|");
  const name = names.find((each) => values?.[each] !== undefined);
  const value = name === undefined ? null : values![name];
  return names.length > 1 && typeof value === "string" ? `${name} ${value}` : value;
}
