import type { Emission } from "../5-emit/index.ts";
import { packageVersion } from "../package-root.ts";
import type { PlanOptions } from "./plan.ts";

/** What goes into the manifest beside the files, and how far a run may go. */
export const writeOptions = (
  { folders }: Pick<Emission, "folders">,
  { force, target }: { force?: boolean; target?: string },
): PlanOptions => ({
  generator: { name: "eco-compile", version: packageVersion() },
  folders,
  force: force ?? false,
  ...(target === undefined ? {} : { only: target }),
});
