import semver from "semver";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { EmittedFile } from "../5-emit/artifact.ts";
import type { FolderReader } from "../5-emit/read-folders.ts";
import * as faults from "./catalogue.ts";
import { folderFinder, isLink, type Above } from "./folders.ts";
import { readJournal, sha256, type Step } from "./journal.ts";
import { formatManifest, readManifest, type Manifest, type ManifestEntry, type ReadManifest } from "./manifest.ts";
import { collisions, folded, MANIFEST_PATH, OUTPUT_ROOTS, pathJudge } from "./output-path.ts";
import { authorOf, ownership, type Ownership } from "./ownership.ts";
import { strangersIn } from "./strangers.ts";
import type { Project } from "./state-folder.ts";

export interface PlanOptions {
  generator: Manifest["generator"];
  /** Folders that an applier reads whole; a file there that no target wrote is a stranger. Default: none. */
  folders?: ReadonlyMap<string, FolderReader>;
  /** Overwrites foreign files and what was changed by hand. */
  force?: boolean;
  /** Writes this target's files alone; every other file and its manifest entry stay as they are. */
  only?: string;
  /** What was chosen for the user, beside the config. Default: none is kept */
  lock?: { path: string; content: Uint8Array };
  /** Where files may be written; see {@link OUTPUT_ROOTS}. */
  roots?: readonly string[];
}

/** One file that differs from what it should be. */
export interface Change extends Step {
  action: "create" | "change" | "delete";
  /** What will stand there; absent for a deletion. */
  content?: Uint8Array;
  /** What stands there now is what git made of two outputs. */
  merged?: boolean;
}

/**
 * How the tree on disk differs from what the config says; made from bytes, never from hashes that a manifest claims.
 */
export interface Plan {
  create: readonly Change[];
  change: readonly Change[];
  delete: readonly Change[];
  unchanged: number;
  /** Files that no target wrote, where an applier reads them. */
  strangers: readonly string[];
  /** Version of eco-compile that wrote the tree on disk; absent where no manifest says so. */
  writtenBy?: string;
  /** Set when the lock has to be written. */
  lock?: Change;
  /** Set when the manifest itself has to be written. */
  manifest?: Change;
  /** Whether the manifest on disk lacks something that it should own. */
  manifestStale: boolean;
  /** Hash of the manifest on disk, and of the one that belongs to the tree after this run. */
  manifestHash: { before: string | null; after: string };
  diagnostics: readonly Diagnostic[];
  /** Nothing to write, nothing in the way, no run interrupted. */
  clean: boolean;
}

/** A wanted file with its bytes and hash. */
interface Wanted {
  path: string;
  target: string;
  source: string;
  content: Uint8Array;
  sha256: string;
}

/** What the state on disk makes of one file. */
type Verdict = Change | Diagnostic | "unchanged";

/** Reads, compares, and changes nothing. */
export function makePlan(
  project: Project,
  files: readonly EmittedFile[],
  options: PlanOptions,
  dropped: readonly Step[] = [],
): Plan {
  const { force = false, only, roots = OUTPUT_ROOTS } = options;
  const refused = checkPaths(files, roots);
  if (refused.length > 0) return refusal(refused);

  const pending = readJournal(project, journalled(options)) !== undefined;
  const above = folderFinder(project);
  const lock = options.lock === undefined ? undefined : lockChange(project, above, options.lock);
  if (lock !== undefined && isDiagnostic(lock)) return refusal([lock]);
  const obstacle = above(MANIFEST_PATH);
  if (isLink(obstacle)) return refusal([faults.symlink(MANIFEST_PATH, obstacle.path)]);
  if (typeof obstacle === "object") return refusal([faults.inTheWay(MANIFEST_PATH, obstacle.path, "file")]);
  const kind = project.disk.kind(project.absolute(MANIFEST_PATH));
  if (kind === "symlink") return refusal([faults.symlink(MANIFEST_PATH, MANIFEST_PATH)]);
  if (kind !== undefined && kind !== "file") return refusal([faults.inTheWay(MANIFEST_PATH, MANIFEST_PATH, kind)]);
  const recorded = project.disk.read(project.absolute(MANIFEST_PATH));
  const read = readManifest(recorded?.toString("utf8"), roots);
  const newer = force ? undefined : newerTree(read, options);
  if (newer !== undefined) return refusal([newer]);
  const owned = ownership(read, dropped);

  const wanted = wantedFiles(files);
  const judge: Judge = { project, owned, force, above, gone: new Map() };
  const removals = judgeUnwanted(judge, wanted);
  const writes = judgeWanted(judge, wanted);
  const all = [...removals, ...writes];
  const inScope = ({ target }: { target: string }): boolean => only === undefined || target === only;
  const verdicts = all.filter(inScope).map(({ verdict }) => verdict);

  const whole = only === undefined || all.every((file) => inScope(file) || file.verdict === "unchanged");
  const afterwards = whole ? wholeManifest(wanted, options) : partialManifest(owned, wanted, options);
  const after = Buffer.from(formatManifest(afterwards));
  const manifest = recorded !== undefined && recorded.equals(after) ? undefined : manifestChange(recorded, after);
  const changes = verdicts.filter((verdict) => typeof verdict === "object" && "action" in verdict);
  const manifestStale = !covers(owned.manifest, afterwards);
  const strangers = strangersIn(
    project,
    afterwards,
    new Set([...wanted.map(({ path }) => path), ...owned.files.keys()]),
  );
  // In a mixed tree nobody can tell what a person did: that is judged once the interrupted run is completed.
  const findings = pending
    ? [faults.interrupted()]
    : [
        ...aboutManifest(read),
        ...verdicts.filter(isDiagnostic),
        ...changes.filter(({ merged }) => merged).map(({ path }) => faults.merged(path)),
        ...strangers.map(faults.stranger),
      ];
  return {
    create: changes.filter(({ action }) => action === "create"),
    change: changes.filter(({ action }) => action === "change"),
    delete: changes.filter(({ action }) => action === "delete"),
    unchanged: verdicts.filter((verdict) => verdict === "unchanged").length,
    strangers: strangers.map(({ path }) => path),
    writtenBy: read.manifest?.generator.version,
    lock,
    manifest,
    manifestStale,
    manifestHash: { before: recorded ? sha256(recorded) : null, after: sha256(after) },
    diagnostics: findings,
    clean:
      changes.length === 0 &&
      lock === undefined &&
      !manifestStale &&
      strangers.length === 0 &&
      !pending &&
      !hasErrors(findings),
  };
}

/** Where the steps of a run may lead: the lock lies beside the config, which no target writes to. */
export const journalled = ({ roots = OUTPUT_ROOTS, lock }: Pick<PlanOptions, "roots" | "lock">): readonly string[] =>
  lock === undefined ? roots : [...roots, lock.path];

/** The lock is people's as well as ours: a merge, or an editor, may have changed it, and what was read of it is in it. */
function lockChange(
  { disk, absolute }: Project,
  above: (path: string) => Above,
  { path, content }: NonNullable<PlanOptions["lock"]>,
): Change | Diagnostic | undefined {
  const folder = above(path);
  if (isLink(folder)) return faults.symlink(path, folder.path);
  const after = sha256(content);
  const change = { path, target: "lock", content, after };
  switch (disk.compare(absolute(path), content)) {
    case "same":
      return undefined;
    case "missing":
      return { action: "create", ...change, before: null };
    case "different":
      return { action: "change", ...change, before: sha256(disk.read(absolute(path))!) };
    case "symlink":
      return faults.symlink(path, path);
    case "directory":
      return faults.inTheWay(path, path, "folder");
  }
}

/** A plan that does nothing but say why. */
export const refusal = (findings: readonly Diagnostic[]): Plan => ({
  create: [],
  change: [],
  delete: [],
  unchanged: 0,
  strangers: [],
  manifestStale: false,
  manifestHash: { before: null, after: "" },
  diagnostics: findings,
  clean: false,
});

const isDiagnostic = (verdict: Verdict): verdict is Diagnostic => typeof verdict === "object" && "severity" in verdict;

/** What is wrong with the paths themselves, whatever stands on disk. */
function checkPaths(files: readonly EmittedFile[], roots: readonly string[]): Diagnostic[] {
  const findings: Diagnostic[] = [];
  const problemOf = pathJudge(roots);
  for (const { path, target, source } of files) {
    const problem = path === MANIFEST_PATH ? "the manifest is the compiler's own" : problemOf(path);
    if (problem !== undefined) findings.push(faults.outsideRoots(path, target, problem, source));
  }
  const sourceOf = new Map(files.map(({ path, source }) => [path, source]));
  for (const [path, other] of collisions(new Set([MANIFEST_PATH, ...sourceOf.keys()]))) {
    findings.push(faults.pathCollision(path, other, sourceOf.get(path) ?? ""));
  }
  if (sourceOf.size === files.length) return findings;
  for (const { path, source } of repeated(files)) findings.push(faults.pathCollision(path, path, source));
  return findings;
}

/** Files whose path another file has already. */
function repeated(files: readonly EmittedFile[]): EmittedFile[] {
  const seen = new Set<string>();
  return files.filter(({ path }) => seen.has(path) || !seen.add(path));
}

/** Hashes what clusters share once. */
function wantedFiles(files: readonly EmittedFile[]): Wanted[] {
  const hashes = new Map<Uint8Array, string>();
  return files.map(({ path, target, source, content }) => {
    let hash = hashes.get(content);
    if (hash === undefined) hashes.set(content, (hash = sha256(content)));
    return { path, target, source, content, sha256: hash };
  });
}

interface Judge {
  project: Project;
  owned: Ownership;
  force: boolean;
  above: (path: string) => Above;
  /** Files that this plan deletes, by their folded path. */
  gone: Map<string, string>;
}

interface Judged {
  target: string;
  verdict: Verdict;
}

/** Owned files that nothing wants any more, in whatever target. */
function judgeUnwanted(judge: Judge, wanted: readonly Wanted[]): Judged[] {
  const paths = new Set(wanted.map(({ path }) => path));
  const unwanted = [...judge.owned.files].filter(([path]) => !paths.has(path) && path !== MANIFEST_PATH);
  return unwanted
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, { target }]) => {
      const verdict = unwantedFile(judge, path, target);
      if (verdict === undefined) return [];
      if (!isDiagnostic(verdict)) judge.gone.set(folded(path), path);
      return { target, verdict };
    });
}

/** Undefined when the file is gone already. */
function unwantedFile(
  { project: { disk, absolute }, owned, force, above }: Judge,
  path: string,
  target: string,
): Change | Diagnostic | undefined {
  const folder = above(path);
  if (isLink(folder)) return faults.symlink(path, folder.path);
  if (folder !== "folder") return undefined;
  const kind = disk.kind(absolute(path));
  if (kind === "symlink") return faults.symlink(path, path);
  if (kind !== "file") return undefined;
  const bytes = disk.read(absolute(path))!;
  const author = authorOf(owned, path, bytes);
  if (!force && author === "other") return faults.editedAndUnwanted(path);
  return { action: "delete", path, target, before: sha256(bytes), after: null, merged: author === "merge" };
}

function judgeWanted(judge: Judge, wanted: readonly Wanted[]): Judged[] {
  return wanted.map((file) => ({ target: file.target, verdict: wantedFile(judge, file) }));
}

function wantedFile(judge: Judge, file: Wanted): Verdict {
  const {
    project: { disk, absolute },
    owned,
    force,
    above,
    gone,
  } = judge;
  const { path, target, content } = file;
  const folder = above(path);
  if (isLink(folder)) return faults.symlink(path, folder.path);
  if (typeof folder === "object" && !gone.has(folded(folder.path))) return faults.inTheWay(path, folder.path, "file");
  const create: Change = { action: "create", path, target, content, before: null, after: file.sha256 };
  // On macOS and Windows what stands here is the file of another spelling that is deleted first.
  if (folder !== "folder" || (gone.size > 0 && gone.has(folded(path)))) return create;

  switch (disk.compare(absolute(path), content)) {
    case "same":
      return "unchanged";
    case "missing":
      return create;
    case "symlink":
      return faults.symlink(path, path);
    case "directory":
      return becomesEmpty(judge, path) ? create : faults.inTheWay(path, path, "folder");
    case "different": {
      if (disk.kind(absolute(path)) !== "file") return faults.inTheWay(path, path, "special file");
      const bytes = disk.read(absolute(path))!;
      const author = authorOf(owned, path, bytes);
      if (!force && author === "other")
        return owned.files.has(path) ? faults.handEdited(path) : faults.foreignFile(path);
      return { ...create, action: "change", before: sha256(bytes), merged: author === "merge" };
    }
  }
}

/** Whether every file in a folder is deleted by this plan, so that the folder goes as well. */
function becomesEmpty(judge: Judge, folder: string): boolean {
  const { disk, absolute } = judge.project;
  const names = disk.list(absolute(folder));
  return (
    names.length > 0 &&
    names
      .map((name) => `${folder}/${name}`)
      .every((path) =>
        disk.kind(absolute(path)) === "directory" ? becomesEmpty(judge, path) : judge.gone.get(folded(path)) === path,
      )
  );
}

const wholeManifest = (wanted: readonly Wanted[], { generator, folders = new Map() }: PlanOptions): Manifest => ({
  generator,
  folders,
  files: new Map(wanted.map(({ path, sha256, target }) => [path, { hashes: [sha256], target }])),
});

/** This target's files as they are now, everything else as it was. */
function partialManifest(
  { manifest, files }: Ownership,
  wanted: readonly Wanted[],
  { generator, folders = new Map(), only }: PlanOptions,
): Manifest {
  const wantedPaths = new Set(wanted.map(({ path }) => path));
  const kept = [...files].filter(([path, { target }]) => target !== only || wantedPaths.has(path));
  const written = wanted
    .filter(({ target }) => target === only)
    .map(({ path, sha256, target }): [string, ManifestEntry] => [path, { hashes: [sha256], target }]);
  return { generator: manifest?.generator ?? generator, folders, files: new Map([...kept, ...written]) };
}

/**
 * Whether a manifest owns all that it has to. Hashes do not count, since the bytes themselves have been compared, nor
 * does an entry too many: a merge may leave both, and a file that stands there though nothing wants it is found by
 * itself.
 */
function covers(recorded: Manifest | undefined, wanted: Manifest): boolean {
  if (recorded === undefined || recorded.generator.version !== wanted.generator.version) return false;
  return (
    [...wanted.files].every(([path, { target }]) => recorded.files.get(path)?.target === target) &&
    [...wanted.folders].every(([folder, reader]) => recorded.folders.get(folder) === reader)
  );
}

function manifestChange(before: Uint8Array | undefined, after: Uint8Array): Change {
  const action = before ? "change" : "create";
  return {
    action,
    path: MANIFEST_PATH,
    target: "manifest",
    content: after,
    before: before ? sha256(before) : null,
    after: sha256(after),
  };
}

/** A compiler does not know what a newer one may have learnt to write, and would take it away. */
function newerTree({ manifest, state, problem }: ReadManifest, { generator }: PlanOptions): Diagnostic | undefined {
  const written = manifest?.generator.version;
  const isNewer =
    semver.valid(written) !== null &&
    semver.valid(generator.version) !== null &&
    semver.gt(written!, generator.version);
  const isNewerFormat = state === "invalid" && manifest !== undefined;
  return isNewer || isNewerFormat
    ? faults.newerTree(written!, generator.version, isNewerFormat ? problem : undefined)
    : undefined;
}

const aboutManifest = ({ state, problem }: ReadManifest): Diagnostic[] => [
  ...(state === "conflicted" ? [faults.manifestConflict()] : []),
  ...(problem === undefined ? [] : [faults.manifestInvalid(problem)]),
];
