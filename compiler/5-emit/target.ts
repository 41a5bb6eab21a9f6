import type { Library } from "../1-load/package-library.ts";
import type { Check } from "../4-check/check.ts";
import type { Artifact } from "./artifact.ts";
import type { Topology } from "../topology/index.ts";

/** One output family. Pure: no clock, no randomness, no environment, no disk. */
export interface Target<Options = undefined> {
  /** Name of its folder, and the word for it in the config, the CLI and the docs. */
  name: string;
  /** One line: what it writes, for `--help` and the docs. */
  summary: string;
  /**
   * Config paths that its output follows from, `*` for any name: `services.*.rollout`. What no active target consumes
   * is reported; a test with a recording topology holds this list to the code.
   */
  consumes: readonly string[];
  /** Fills the defaults of its own section of `targets`: makes the `Options` that emit is given. */
  resolve?: (options: unknown) => unknown;
  /** Rules about what only this target can do. */
  checks?: readonly Check[];
  emit: (topology: Topology, options: Options, library: Library) => Artifact[];
}
