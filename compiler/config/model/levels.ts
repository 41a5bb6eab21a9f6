import type { CheckName, Day, Line, PathPattern } from "../texts.ts";

/**
 * A level for each check that is not to have its own: its findings are not shown, are shown, or stop the run before
 * anything is written.
 */
export type Levels = { readonly [K in CheckName]?: "off" | "warning" | "error" };

/** One of these levels. */
export type Level = NonNullable<Levels[CheckName]>;

/** Findings that somebody has looked at and accepts, with the reason. */
export interface Ignore {
  /**
   * The check that finds them.
   * @example "images/digest-in-production"
   */
  check: CheckName;
  /**
   * Where: a config path, and all below it; `*` stands for any one name or index.
   * @example "services.*.image"
   */
  at: PathPattern;
  /**
   * Why they are accepted, for whoever reads it later.
   * @example "the vendor publishes no digests; asked them to in OPS-112"
   */
  reason: Line;
  /**
   * The last day on which that holds; only `eco-compile check --as-of` judges it. Default: for ever.
   * @example "2027-03-31"
   */
  until?: Day;
}
