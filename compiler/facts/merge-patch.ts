/** Says which objects merge field by field; all else is one value. */
export type Merges = (value: unknown) => value is object;

/** JSON merge patch (RFC 7396): null deletes, objects merge, everything else replaces. */
export const mergeValues = (value: unknown, patch: unknown, merges: Merges): unknown =>
  merges(patch) ? mergeFields(merges(value) ? value : {}, patch, merges) : patch;

/** The same of the fields of two objects. */
export function mergeFields(value: object, patch: object, merges: Merges): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...value };
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) delete merged[key];
    else
      Object.defineProperty(merged, key, {
        value: mergeValues(Object.hasOwn(merged, key) ? merged[key] : undefined, change, merges),
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return merged;
}
