/**
 * A merge patch (RFC 7396) of a value: objects merge field by field, `null` takes a field away, and all else replaces
 * what is there: lists, and objects that say their `kind`, since a field of one kind means nothing in another.
 */
export type Difference<T> = T extends readonly unknown[] | string | number | boolean | { kind: string }
  ? T
  : { [K in keyof T]?: Difference<NonNullable<T[K]>> | null };
