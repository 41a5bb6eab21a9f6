/** A value that the config hands to the optimizer, with the bounds it may never leave. Made by `tunable()`. */
export interface Tunable<T> {
  kind: "tunable";
  /** The value until a proposal changes it. */
  default: T;
  /** The lowest value that a proposal may set. */
  min: T;
  /** The highest value that a proposal may set. */
  max: T;
  /**
   * The smallest change; proposals are multiples of it above `min`. Default: any value between the bounds, whole
   * numbers for counts.
   */
  step?: T;
}

/** A plain value, or one that may be tuned. */
export type Tuned<T> = T | Tunable<T>;
