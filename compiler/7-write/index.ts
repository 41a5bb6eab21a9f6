import type { EmittedFile } from "../5-emit/artifact.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import * as faults from "./catalogue.ts";
import { errorCode, nodeDisk, type Disk } from "./disk.ts";
import { orRefused } from "./refused.ts";
import { carryOut, recover } from "./journal.ts";
import { withLock } from "./lock.ts";
import { journalled, makePlan, refusal, type Plan, type PlanOptions } from "./plan.ts";
import { hideStateFolder, linkedStateFolder, openStateFolder, project, type Project } from "./state-folder.ts";

export type { Change, Plan, PlanOptions } from "./plan.ts";
export { MANIFEST_PATH, OUTPUT_ROOTS } from "./output-path.ts";

/** What `--check` asks: how the tree under `root` differs from these files. Changes nothing. */
export function plan(root: string, files: readonly EmittedFile[], options: PlanOptions, disk: Disk = nodeDisk): Plan {
  return orFailure(root, () => makePlan(project(root, disk), files, options));
}

/** Whether some file is another than it should be: looks no further than the first, and at nothing but files. */
export function differs(root: string, files: readonly EmittedFile[], disk: Disk = nodeDisk): boolean {
  const { absolute } = project(root, disk);
  try {
    return files.some(({ path, content }) => disk.compare(absolute(path), content) !== "same");
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return true; // the plan says it
  }
}

/**
 * Makes the tree under `root` hold exactly these files. In: the files of a run without errors. Out: the plan that was
 * carried out; when its diagnostics hold an error, nothing was written. Only changed files are touched, all or none:
 * a run that is killed is completed by the next one before it looks at anything else.
 */
export function write(root: string, files: readonly EmittedFile[], options: PlanOptions, disk: Disk = nodeDisk): Plan {
  const here = project(root, disk);
  return orFailure(root, () => {
    const linked = linkedStateFolder(here);
    if (linked !== undefined) return refusal([faults.symlink(linked, linked)]);
    openStateFolder(here);
    const outcome = withLock(here, (locked) => recoverAndWrite(locked, files, options));
    return "severity" in outcome ? refusal([outcome]) : outcome;
  });
}

function recoverAndWrite(here: Project, files: readonly EmittedFile[], options: PlanOptions): Plan {
  hideStateFolder(here);
  const earlier = recover(here, journalled(options));
  const planned = makePlan(here, files, options, earlier.dropped);
  const { create, change, delete: removals, lock, manifest, manifestHash } = planned;
  const steps = [...removals, ...change, ...create, ...(lock ? [lock] : []), ...(manifest ? [manifest] : [])];
  if (!hasErrors(planned.diagnostics) && steps.length > 0) {
    const recorded = steps.map(({ path, target, before, after }) => ({ path, target, before, after }));
    carryOut(here, recorded, manifestHash, (step) => steps[step]!.content!);
  }
  return { ...planned, diagnostics: [...aboutRecovery[earlier.state], ...planned.diagnostics] };
}

const aboutRecovery: Readonly<Record<ReturnType<typeof recover>["state"], readonly Diagnostic[]>> = {
  nothing: [],
  completed: [faults.recovered()],
  abandoned: [faults.abandoned()],
};

const orFailure = (root: string, work: () => Plan): Plan => orRefused(root, work, (fault) => refusal([fault]));
