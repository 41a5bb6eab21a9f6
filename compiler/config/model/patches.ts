import type { Names, Ref } from "../names.ts";
import type { JsonPointer, KindName, Line, TargetName } from "../texts.ts";

/**
 * A change to something that the compiler makes: the escape hatch. Applied before verify; reported when it matches
 * nothing.
 */
export interface Patch<N extends Names = Names> {
  /** The target that makes it. */
  target: TargetName;
  /**
   * Its kind: a Kubernetes kind, `Values` for the values of a chart, `Terraform` for a root.
   * @example "Rollout"
   */
  kind: KindName;
  /** Its name: of the object, of the workload whose values they are, or of the root as `<cloud>/<root>`. */
  name: Line;
  /**
   * Only in this cluster.
   * @default every cluster
   */
  cluster?: Ref<N, "cluster">;
  /** Merged into it as a JSON merge patch (RFC 7396): null deletes, lists are replaced. */
  merge?: { [field: string]: unknown };
  /** Or a JSON patch (RFC 6902). */
  json?: readonly JsonPatchOperation[];
}

/** One operation of a JSON patch (RFC 6902). */
export interface JsonPatchOperation {
  op: "add" | "remove" | "replace" | "move" | "copy" | "test";
  /** A JSON pointer. @example "/spec/replicas" */
  path: JsonPointer;
  /** The source of `move` and `copy`. */
  from?: JsonPointer;
  value?: unknown;
}
