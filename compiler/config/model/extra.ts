import type { Names, Ref } from "../names.ts";
import type { ProjectFolder } from "../texts.ts";

/**
 * A folder of your own that is applied beside what is compiled, and judged by the same schemas and policies. It goes to
 * one cluster or to one Terraform root.
 */
export interface Extra<N extends Names = Names> {
  /**
   * The folder, relative to the project and outside of `generated/`: manifests (YAML or JSON, with those below it) for
   * a cluster, a module for a root.
   * @example "manifests/debug"
   */
  folder: ProjectFolder;
  /** The cluster whose Argo CD applies it. */
  cluster?: Ref<N, "cluster">;
  /**
   * The Terraform root that calls it as a module, as `<cloud>/<root>`.
   * @example "gcp/foundation"
   */
  root?: string;
}
