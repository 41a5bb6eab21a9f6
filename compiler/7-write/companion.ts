import { isAbsolute, relative, sep } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import * as faults from "./catalogue.ts";
import { nodeDisk, type Disk } from "./disk.ts";
import { folderFinder, isLink } from "./folders.ts";
import { withLock } from "./lock.ts";
import { orRefused } from "./refused.ts";
import { COMPANION_DRAFT, hideStateFolder, linkedStateFolder, openStateFolder, project } from "./state-folder.ts";

/**
 * Changes a file beside the config as a whole: `change` makes the new text, and reads the present one while no other run
 * writes to the project. Whoever reads sees the file as it was or as it is. Out: what kept it from being written.
 */
export function writeCompanion(
  root: string,
  file: string,
  change: () => string,
  disk: Disk = nodeDisk,
): readonly Diagnostic[] {
  const path = relative(root, file).split(sep).join("/");
  if (path.startsWith("..") || isAbsolute(path)) throw new Error(`${file} is not below ${root}`);
  const here = project(root, disk);
  return orRefused(
    root,
    () => {
      const linked = linkedStateFolder(here);
      if (linked !== undefined) return [faults.symlink(linked, linked)];
      const above = folderFinder(here)(path);
      if (isLink(above)) return [faults.symlink(path, above.path)];
      if (disk.kind(here.absolute(path)) === "symlink") return [faults.symlink(path, path)];
      openStateFolder(here);
      const outcome = withLock(here, (locked) => {
        hideStateFolder(locked);
        const draft = locked.absolute(COMPANION_DRAFT);
        locked.disk.remove(draft); // of a run that was killed
        locked.disk.create(draft, change());
        locked.disk.rename(draft, locked.absolute(path));
      });
      return outcome === undefined ? [] : [outcome];
    },
    (fault) => [fault],
  );
}
