import type { Names, Ref } from "../names.ts";

/** A stage that changes pass through on their way to production. */
export interface Environment<N extends Names = Names> {
  /** The environment whose health opens this one. Exactly one environment has none: the first. */
  after?: Ref<N, "environment">;
  /**
   * Whether users depend on it. Production has two replicas and gated Terraform by default, and is held to more: images
   * by digest, nodes that are not all spot, freezes.
   * @default true for the last environment, false otherwise; kept in ecosystem.lock.json
   */
  production?: boolean;
  /**
   * Whether its clusters follow the branch `env/<name>`, which promotion moves, rather than the repository's revision.
   * @default false for the first environment, true for every later one; kept in ecosystem.lock.json
   */
  pointer?: boolean;
  /**
   * Whether a person must approve a change before it enters.
   * @default false for the first environment, true for every later one; kept in ecosystem.lock.json
   */
  approval?: boolean;
  /**
   * Who applies the Terraform roots: `continuous` is the in-cluster controller, `gated` is CI behind an approval, with
   * the in-cluster object only detecting drift.
   * @default "gated" in production, "continuous" otherwise
   */
  apply?: "continuous" | "gated";
}
