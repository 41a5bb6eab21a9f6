import type { Disk } from "./disk.ts";

/**
 * Where a run keeps its lock, its journal and the files that it is about to put in place: beside the output, so that a
 * rename is atomic, rather than in `.git`, which may be a file (worktrees), elsewhere, or missing. It ignores itself,
 * as the caches of pytest and mypy do, so nobody has to know about it.
 */
export const STATE_FOLDER = ".eco-compile";

export const LOCKS = `${STATE_FOLDER}/locks`;
export const STAGING = `${STATE_FOLDER}/staging`;
export const JOURNAL = `${STATE_FOLDER}/journal.json`;
const JOURNAL_DRAFT = `${STATE_FOLDER}/journal.draft`;

/** A companion's new text, until it takes the place of the old one. */
export const COMPANION_DRAFT = `${STATE_FOLDER}/companion.draft`;

const FOLDERS = [STATE_FOLDER, LOCKS, STAGING];
const IGNORE = `${STATE_FOLDER}/.gitignore`;
const IGNORE_ALL = "*\n";

/** A project folder on a disk; paths in it are relative, `/` as separator. */
export interface Project {
  disk: Disk;
  absolute(path: string): string;
}

export const project = (root: string, disk: Disk): Project => ({ disk, absolute: (path) => `${root}/${path}` });

/** A link in place of one of the folders would lead writes elsewhere. */
export const linkedStateFolder = ({ disk, absolute }: Project): string | undefined =>
  FOLDERS.find((folder) => disk.kind(absolute(folder)) === "symlink");

export function openStateFolder({ disk, absolute }: Project): void {
  for (const folder of FOLDERS) disk.makeDirectory(absolute(folder));
}

/** Under the lock, since two runs may find it missing. */
export function hideStateFolder({ disk, absolute }: Project): void {
  if (disk.compare(absolute(IGNORE), Buffer.from(IGNORE_ALL)) === "same") return;
  disk.remove(absolute(IGNORE));
  disk.create(absolute(IGNORE), IGNORE_ALL);
}

/** What a run left that ended before its journal was in place. */
export function clearStaging(project: Project): void {
  emptyFolder(project, STAGING);
  project.disk.remove(project.absolute(JOURNAL_DRAFT));
}

/** Links are removed, never followed. */
function emptyFolder(project: Project, folder: string): void {
  const { disk, absolute } = project;
  for (const name of disk.list(absolute(folder))) {
    const path = `${folder}/${name}`;
    if (disk.kind(absolute(path)) === "directory") {
      emptyFolder(project, path);
      disk.removeDirectory(absolute(path));
    } else disk.remove(absolute(path));
  }
}

/** The commit point: before it nothing in the tree has changed, after it every step will be done. */
export function commitJournal({ disk, absolute }: Project, text: string): void {
  disk.create(absolute(JOURNAL_DRAFT), text);
  disk.rename(absolute(JOURNAL_DRAFT), absolute(JOURNAL));
}
