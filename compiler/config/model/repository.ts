import type { Names, Ref } from "../names.ts";
import type { GitBranch, GitUrl, RepositoryFolder } from "../texts.ts";

/** Where this project lives in git: what Argo CD and the Terraform objects pull. */
export interface Repository {
  /**
   * URL that clusters clone from.
   * @example "https://github.com/acme/platform.git"
   */
  url: GitUrl;
  /**
   * Branch that the first environment follows; later ones follow `env/<environment>`.
   * @default "main"
   */
  revision?: GitBranch;
  /**
   * Folder of this project in the repository.
   * @default "."
   */
  path?: RepositoryFolder;
}

/** Which cluster runs the Terraform objects that describe the others. */
export interface Management<N extends Names = Names> {
  /** A cluster whose own Terraform root is applied by CI: no cluster applies its own root. */
  cluster: Ref<N, "cluster">;
}
