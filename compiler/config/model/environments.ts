import type { Names, Ref } from "../names.ts";

/** A stage that changes pass through on their way to production. */
export interface Environment<N extends Names = Names> {
  /** The environment whose health opens this one. Exactly one environment has none: the first. */
  after?: Ref<N, "environment">;
  /**
   * Whether a person must approve a change before it enters.
   * @default false for the first environment, true for every later one
   */
  approval?: boolean;
  /**
   * Who applies the Terraform roots: `continuous` is the in-cluster controller, `gated` is CI behind an approval, with
   * the in-cluster object only detecting drift.
   * @default "gated" for the last environment, "continuous" otherwise
   */
  apply?: "continuous" | "gated";
}
