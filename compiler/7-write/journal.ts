import { hash } from "node:crypto";
import { errorCode } from "./disk.ts";
import { folderFinder, isLink } from "./folders.ts";
import { isRecord, isSha256, parseJson } from "./manifest.ts";
import { MANIFEST_PATH, parentOf, pathProblem } from "./output-path.ts";
import { clearStaging, commitJournal, JOURNAL, STAGING, type Project } from "./workshop.ts";

export const sha256 = (content: Uint8Array): string => hash("sha256", content, "hex");

/** One file to put in place (`after`) or to delete (`after` null). The new bytes wait in the staging folder under its number. */
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

/** A step together with the name of its staged bytes. */
interface Move extends Step {
  staged: string;
}

/**
 * Changes the tree: stage all bytes, commit the journal, move everything in place. Survives being killed at any
 * moment, not the loss of power: nothing is synced to the medium, since the tree can be made again from the config.
 */
export function carryOut(project: Project, steps: readonly Step[], manifest: Journal["manifest"], bytesOf: (step: number) => Uint8Array): void {
  const { disk, absolute } = project;
  clearStaging(project);
  try {
    steps.forEach(({ after }, index) => after !== null && disk.create(absolute(`${STAGING}/${index}`), bytesOf(index)));
    commitJournal(project, JSON.stringify({ format_version: 1, manifest, steps }));
  } catch (error) {
    if (errorCode(error) !== undefined) clearStaging(project); // a full disk gets its space back
    throw error;
  }
  complete(project, withStaged(steps));
}

const withStaged = (steps: readonly Step[]): Move[] => steps.map((step, index) => ({ ...step, staged: `${STAGING}/${index}` }));

/** Deletions come first: a file may give way to a folder, and on macOS to a file that only differs in case. */
function complete(project: Project, moves: readonly Move[]): void {
  const { disk, absolute } = project;
  for (const { path } of moves.filter(({ after }) => after === null)) {
    disk.remove(absolute(path));
    removeEmptyFolders(project, path);
  }
  const folders = new Set<string>();
  for (const { path, staged } of moves.filter(({ after }) => after !== null)) {
    const folder = parentOf(path);
    if (!folders.has(folder)) disk.makeDirectory(absolute(folder));
    folders.add(folder);
    moveInPlace(project, staged, path);
  }
  disk.remove(absolute(JOURNAL));
  clearStaging(project);
}

function removeEmptyFolders({ disk, absolute }: Project, path: string): void {
  for (let folder = parentOf(path); folder !== ""; folder = parentOf(folder)) {
    if (!disk.removeDirectory(absolute(folder))) return;
  }
}

/** An output folder may be mounted from elsewhere (`docker run -v`); then the last rename is made beside the file. */
function moveInPlace({ disk, absolute }: Project, staged: string, path: string): void {
  try {
    disk.rename(absolute(staged), absolute(path));
  } catch (error) {
    if (errorCode(error) !== "EXDEV") throw error;
    const beside = absolute(`${path}.eco-compile-new`);
    disk.remove(beside);
    disk.create(beside, disk.read(absolute(staged))!);
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
  if (!isRecord(value) || value["format_version"] !== 1 || !isRecord(value["manifest"]) || !Array.isArray(value["steps"])) return false;
  const { before, after } = value["manifest"];
  return isHashOrNull(before) && isHashOrNull(after) && value["steps"].every((step) => isStep(step, roots));
}

function isStep(value: unknown, roots?: readonly string[]): boolean {
  if (!isRecord(value)) return false;
  const { path, target, before, after } = value;
  if (typeof path !== "string" || typeof target !== "string" || !isHashOrNull(before) || !isHashOrNull(after)) return false;
  return path === MANIFEST_PATH || pathProblem(path, roots) === undefined;
}

const isHashOrNull = (value: unknown): boolean => value === null || isSha256(value);

/**
 * Ends what an earlier run began. When the manifest is neither the one before nor the one after that run, the tree was
 * exchanged since (git checkout), and going on would mix two trees: then the steps are dropped and handed back.
 */
export function recover(project: Project, roots?: readonly string[]): { state: "nothing" | "completed" | "abandoned"; dropped: Journal["steps"] } {
  const journal = readJournal(project, roots);
  if (journal === undefined) return { state: "nothing", dropped: [] };
  const manifest = hashOnDisk(project, MANIFEST_PATH);
  const isSameTree = manifest === journal.manifest.before || manifest === journal.manifest.after;
  complete(project, isSameTree ? withStaged(journal.steps).filter(stillDue(project)) : []);
  return isSameTree ? { state: "completed", dropped: [] } : { state: "abandoned", dropped: journal.steps };
}

/** What a person changed since is left alone: the plan that follows judges it. */
function stillDue(project: Project): (move: Move) => boolean {
  const above = folderFinder(project);
  return ({ path, before, after, staged }) => {
    if (isLink(above(path))) return false;
    const kind = project.disk.kind(project.absolute(path));
    // A deletion whose file is gone may have left empty folders; a folder in its place is that of a later step.
    if (after === null) return kind === undefined || (kind === "file" && hashOnDisk(project, path) === before);
    return hashOnDisk(project, path) === before && hashOnDisk(project, staged) === after;
  };
}

/** Null when there is no file. */
function hashOnDisk({ disk, absolute }: Project, path: string): string | null {
  if (disk.kind(absolute(path)) !== "file") return null;
  return sha256(disk.read(absolute(path))!);
}
