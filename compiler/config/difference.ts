/** What differs, by the names of what it differs in. */
export type Differences<Name extends string, D> = { [K in Name]?: D };

/**
 * A merge patch (RFC 7396) of a value: objects merge field by field, `null` takes a field away, and all else replaces
 * what is there: lists, and objects that say their `kind`, since a field of one kind means nothing in another.
 */
type Difference<T> = T extends readonly unknown[] | string | number | boolean | { kind: string }
  ? T
  : DifferentFields<T>;

/** The same of an object that is no value of a kind. */
export type DifferentFields<T> = { [K in keyof T]?: Difference<NonNullable<T[K]>> | null };
