import { accessSync, constants, lstatSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { OUTPUT_ROOTS } from "../7-write/index.ts";
import { STATE_FOLDER } from "../7-write/state-folder.ts";

/**
 * Files of the system and of devices: some of them take new files, which are gone at the next start or mean something.
 * Shared memory is a folder like any other.
 */
const OF_THE_SYSTEM = /^\/(?:proc|sys|dev(?!\/shm(?:\/|$)))(?:\/|$)/;

/**
 * Why no output can go below an absolute path, before anything is compiled for it; undefined when it can. A folder that
 * is missing will be made.
 */
export function outputProblem(output: string, { root, write }: { root: string; write: boolean }): string | undefined {
  const { folder, problem } = nearestFolder(output);
  if (folder === undefined) return problem;
  const real = join(realpathSync(folder), relative(folder, output));
  if (OF_THE_SYSTEM.test(real)) return "it belongs to the system";
  if (real.split(sep).some((name) => /^\.git$/i.test(name))) return "it belongs to git";
  const within = relative(realpathSync(root), real).split(sep)[0]!;
  if ([...OUTPUT_ROOTS, `${STATE_FOLDER}/`].includes(`${within}/`))
    return `${within}/ is what eco-compile itself writes and deletes in; take a folder beside it`;
  return write ? unwritable(folder) : undefined;
}

/** The folder itself, or the one above that exists. */
function nearestFolder(
  path: string,
): { folder: string; problem?: undefined } | { folder?: undefined; problem: string } {
  try {
    return statSync(path).isDirectory() ? { folder: path } : { problem: `${path} is no folder` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") return { problem: `${path} cannot be read (${code})` };
    if (isLink(path)) return { problem: `${path} is a link that leads nowhere` };
    return dirname(path) === path ? { problem: `there is no ${path}` } : nearestFolder(dirname(path));
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false; // nothing is there
  }
}

function unwritable(folder: string): string | undefined {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return `${folder} cannot be written to (${(error as NodeJS.ErrnoException).code})`;
  }
}
