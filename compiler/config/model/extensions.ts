import type { ModuleName } from "../texts.ts";

/** A target that is not one of the compiler's own. It runs in the compiler, as the packages of every build tool do. */
export interface Extension {
  /**
   * The npm package that exports it by default, or a file of the project.
   * @example "@acme/eco-cert-manager"
   */
  from: ModuleName;
  /** Handed to the target as they are; its own documentation says what they may be. Default: none. */
  options?: { [option: string]: unknown };
  /**
   * Levels of its checks, by id, instead of their own. Default: none.
   * @keys CheckName
   */
  checks?: { readonly [id: string]: "off" | "warning" | "error" };
}
