import type { Names, Ref } from "../names.ts";
import type { Money, Share } from "../units.ts";

/** A limit on what is spent in a month. */
export interface Budget<N extends Names = Names> {
  /** What it covers; every field given narrows it. */
  scope?: {
    cloud?: Ref<N, "cloud">;
    team?: Ref<N, "team">;
    environment?: Ref<N, "environment">;
  };
  /** @example "1200.50 EUR" */
  monthly: Money;
  /**
   * Shares of it at which somebody is told.
   * @uniqueItems true
   * @default ["50%", "80%", "100%"]
   */
  alerts?: readonly Share[];
  /** Where the alerts go. */
  route?: Ref<N, "alertRoute">;
}
