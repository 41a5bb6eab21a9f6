import type { FileName, Line } from "../texts.ts";
import type { Duration } from "../units.ts";

/** A secret: where it lives, never what it is. */
export interface Secret {
  store: "vault" | "gcp" | "aws" | "azure";
  /**
   * Its name or path in the store.
   * @example "kv/checkout/stripe"
   */
  path: Line;
  /**
   * Keys inside it; each becomes a file.
   * @minItems 1
   * @uniqueItems true
   * @default ["value"]
   */
  keys?: readonly FileName[];
  /**
   * How often it is replaced; Secret Manager's shortest is an hour.
   * @atLeast 1h
   * @default never by itself
   * @example "30d"
   */
  rotate?: Duration;
}
