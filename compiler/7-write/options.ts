import type { Emission } from "../5-emit/index.ts";
import { packageVersion } from "../package-root.ts";
import type { PlanOptions } from "./plan.ts";

/** What goes into the manifest beside the files, and how far a run may go. */
export const writeOptions = (
  { folders }: Pick<Emission, "folders">,
  { force, target }: { force?: boolean; target?: string },
  lock?: PlanOptions["lock"],
): PlanOptions => ({
  generator: { name: "eco-compile", version: packageVersion() },
  folders,
  ...(lock === undefined ? {} : { lock }),
  force: force ?? false,
  ...(target === undefined ? {} : { only: target }),
});
