import { hash } from "node:crypto";
import { errorCode } from "./disk.ts";
import { folderFinder, isLink, type Above } from "./folders.ts";
import { isRecord, isSha256, parseJson } from "./manifest.ts";
import { MANIFEST_PATH, parentOf, pathJudge } from "./output-path.ts";
import { clearStaging, commitJournal, JOURNAL, STAGING, type Project } from "./state-folder.ts";

export const sha256 = (content: Uint8Array): string => hash("sha256", content, "hex");

/**
 * One file to put in place (`after`) or to delete (`after` null). The new bytes wait in the staging folder under the
 * same path.
 */
export interface Step {
  path: string;
  target: string;
  /** Hash of what stood there when the run was planned; null when nothing did. */
  before: string | null;
  after: string | null;
}

/** Everything that one run changes. Once it is on disk, the run will be completed, by itself or by the next start. */
export interface Journal {
  manifest: { before: string | null; after: string | null };
  steps: readonly Step[];
}

/**
 * Changes the tree: stage all bytes, commit the journal, move everything in place. Survives being killed at any
 * moment, not the loss of power: nothing is synced to the medium, since the tree can be made again from the config.
 */
export function carryOut(
  project: Project,
  steps: readonly Step[],
  manifest: Journal["manifest"],
  bytesOf: (step: number) => Uint8Array,
): void {
  const { disk, absolute } = project;
  clearStaging(project);
  try {
    const makeFolder = folderMaker(project);
    for (const [index, { path, after }] of steps.entries()) {
      if (after === null) continue;
      makeFolder(parentOf(staged(path)));
      disk.create(absolute(staged(path)), bytesOf(index));
    }
    commitJournal(project, JSON.stringify({ format_version: 1, manifest, steps }));
  } catch (error) {
    if (errorCode(error) !== undefined) clearStaging(project); // a full disk gets its space back
    throw error;
  }
  complete(project, steps, (folder) => moveFolder(project, folder));
}

const staged = (path: string): string => `${STAGING}/${path}`;

/** Makes each folder once, from the top: a call that fails for want of a parent costs more than the one that makes it. */
function folderMaker({ disk, absolute }: Project): (folder: string) => void {
  const made = new Set<string>([""]);
  const make = (folder: string): void => {
    if (made.has(folder)) return;
    make(parentOf(folder));
    disk.makeDirectory(absolute(folder));
    made.add(folder);
  };
  return make;
}

/**
 * Deletions come first: a file may give way to a folder, and on macOS to a file that only differs in case. Folders that
 * are new go as a whole if `moveWhole` can: of a tree that is written for the first time, that is one rename.
 */
function complete(project: Project, steps: readonly Step[], moveWhole: (folder: string) => boolean): void {
  const { disk, absolute } = project;
  for (const { path } of steps.filter(({ after }) => after === null)) {
    disk.remove(absolute(path));
    removeEmptyFolders(project, path);
  }
  const newFolder = newFolders(folderFinder(project));
  const moved = new Map<string | undefined, boolean>([[undefined, false]]);
  const makeFolder = folderMaker(project);
  for (const { path } of steps.filter(({ after }) => after !== null)) {
    const folder = newFolder(path);
    if (folder !== undefined && !moved.has(folder)) moved.set(folder, moveWhole(folder));
    if (moved.get(folder)) continue;
    if (folder !== undefined) makeFolder(parentOf(path));
    moveInPlace(project, path);
  }
  disk.remove(absolute(JOURNAL));
  clearStaging(project);
}

/** Finds the topmost folder above a path that is not there yet, once for each folder; undefined when all are. */
function newFolders(above: (path: string) => Above): (path: string) => string | undefined {
  const topmost = new Map<string, string | undefined>();
  const find = (path: string): string | undefined => {
    if (above(path) === "folder") return undefined;
    let folder = parentOf(path);
    while (above(folder) !== "folder") folder = parentOf(folder);
    return folder;
  };
  return (path) => {
    const folder = parentOf(path);
    if (!topmost.has(folder)) topmost.set(folder, find(path));
    return topmost.get(folder);
  };
}

/** False where the system refuses it: its files are then moved one by one, and say what is wrong. */
function moveFolder({ disk, absolute }: Project, folder: string): boolean {
  try {
    disk.rename(absolute(staged(folder)), absolute(folder));
    return true;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}

function removeEmptyFolders({ disk, absolute }: Project, path: string): void {
  for (let folder = parentOf(path); folder !== ""; folder = parentOf(folder)) {
    if (!disk.removeDirectory(absolute(folder))) return;
  }
}

/** An output folder may be mounted from elsewhere (`docker run -v`); then the last rename is made beside the file. */
function moveInPlace({ disk, absolute }: Project, path: string): void {
  try {
    disk.rename(absolute(staged(path)), absolute(path));
  } catch (error) {
    if (errorCode(error) !== "EXDEV") throw error;
    const beside = absolute(`${path}.eco-compile-new`);
    disk.remove(beside);
    disk.create(beside, disk.read(absolute(staged(path)))!);
    disk.rename(beside, absolute(path));
  }
}

/** The journal of a run that did not end; undefined when there is none, and without steps when it is no journal. */
export function readJournal({ disk, absolute }: Project, roots?: readonly string[]): Journal | undefined {
  const text = disk.read(absolute(JOURNAL))?.toString("utf8");
  if (text === undefined) return undefined;
  const parsed = parseJson(text);
  return isJournal(parsed, roots) ? parsed : { manifest: { before: null, after: null }, steps: [] };
}

/** Somebody may have committed one: it is held against the same rules as a manifest. */
function isJournal(value: unknown, roots?: readonly string[]): value is Journal {
  if (
    !isRecord(value) ||
    value["format_version"] !== 1 ||
    !isRecord(value["manifest"]) ||
    !Array.isArray(value["steps"])
  )
    return false;
  const { before, after } = value["manifest"];
  return isHashOrNull(before) && isHashOrNull(after) && value["steps"].every(isStep(pathJudge(roots)));
}

const isStep =
  (problemOf: ReturnType<typeof pathJudge>) =>
  (value: unknown): boolean => {
    if (!isRecord(value)) return false;
    const { path, target, before, after } = value;
    if (typeof path !== "string" || typeof target !== "string" || !isHashOrNull(before) || !isHashOrNull(after))
      return false;
    return path === MANIFEST_PATH || problemOf(path) === undefined;
  };

const isHashOrNull = (value: unknown): boolean => value === null || isSha256(value);

/**
 * Ends what an earlier run began. When the manifest is neither the one before nor the one after that run, the tree was
 * exchanged since (git checkout), and going on would mix two trees: then the steps are dropped and handed back.
 */
export function recover(
  project: Project,
  roots?: readonly string[],
): { state: "nothing" | "completed" | "abandoned"; dropped: Journal["steps"] } {
  const journal = readJournal(project, roots);
  if (journal === undefined) return { state: "nothing", dropped: [] };
  const manifest = hashOnDisk(project, MANIFEST_PATH);
  const isSameTree = manifest === journal.manifest.before || manifest === journal.manifest.after;
  // File by file: nobody knows what else lies in the staging folder by now.
  complete(project, isSameTree ? journal.steps.filter(stillDue(project)) : [], () => false);
  return isSameTree ? { state: "completed", dropped: [] } : { state: "abandoned", dropped: journal.steps };
}

/** What a person changed since is left alone: the plan that follows judges it. */
function stillDue(project: Project): (step: Step) => boolean {
  const above = folderFinder(project);
  return ({ path, before, after }) => {
    if (isLink(above(path)) || isLink(above(staged(path)))) return false;
    const kind = project.disk.kind(project.absolute(path));
    // A deletion whose file is gone may have left empty folders; a folder in its place is that of a later step.
    if (after === null) return kind === undefined || (kind === "file" && hashOnDisk(project, path) === before);
    return hashOnDisk(project, path) === before && hashOnDisk(project, staged(path)) === after;
  };
}

/** Null when there is no file. */
function hashOnDisk({ disk, absolute }: Project, path: string): string | null {
  if (disk.kind(absolute(path)) !== "file") return null;
  return sha256(disk.read(absolute(path))!);
}
