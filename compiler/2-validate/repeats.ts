/** An entry of a list that says again what an earlier one said. */
export interface Repeat {
  index: number;
  earlier: number;
}

/** Entries that are equal to an earlier one: as a whole, or in the fields that tell the entries of their list apart. */
export function repeats(list: readonly unknown[], fields?: readonly string[]): Repeat[] {
  const seen = new Map<string, number>();
  const found: Repeat[] = [];
  for (const [index, entry] of list.entries()) {
    const key = JSON.stringify(fields === undefined ? entry : fields.map((field) => (entry as Record<string, unknown> | null)?.[field] ?? null));
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, index);
    else found.push({ index, earlier });
  }
  return found;
}
