import type { Diagnostic, Severity } from "../diagnostics/diagnostic.ts";
import { MANIFEST_PATH } from "./output-path.ts";
import type { Stranger } from "./strangers.ts";

/** What can stand between the output and the disk; the ids of the write phase. */
export const writeCatalogue = {
  "write/hand-edited": {
    severity: "error",
    summary: "A generated file was changed by hand",
    why: "The next compilation would lose the change, and the cluster would go back on it without anyone having decided so.",
  },
  "write/foreign-file": {
    severity: "error",
    summary: "A file that eco-compile did not write stands where it wants to write",
    why: "Only what the manifest owns is overwritten or deleted; somebody may need the file that is there.",
  },
  "write/stranger": {
    severity: "warning",
    summary: "A file that no target wrote lies where it is applied",
    why: "Argo CD, Helm, Terraform and the policies read folders whole: whatever is put there is applied with the rights of what the compiler writes, and nobody has judged it.",
  },
  "write/newer-tree": {
    severity: "error",
    summary: "The tree was written by a newer eco-compile",
    why: "An older version does not know what a newer one has learnt to write: it would put older output in its place, and delete the rest.",
  },
  "write/symlink": {
    severity: "error",
    summary: "A generated path is, or goes through, a symbolic link",
    why: "Through a link, output would land outside the folders that the compiler owns. Links are never followed, not even with --force.",
  },
  "write/outside-roots": {
    severity: "error",
    summary: "A target wants to write where the compiler owns nothing, or a name that not every system takes",
    why: "Output belongs in `generated/` and `.github/workflows/eco-*.yml`, and has to be checked out on Linux, macOS and Windows alike.",
  },
  "write/path-collision": {
    severity: "error",
    summary: "Two generated paths cannot both exist on every file system",
    why: "macOS and Windows do not tell upper from lower case: one file would silently replace the other.",
  },
  "write/locked": {
    severity: "error",
    summary: "Another eco-compile is writing to the same project",
    why: "Two runs at once would leave a mix of two outputs.",
  },
  "write/failed": {
    severity: "error",
    summary: "The disk refused to read or write",
    why: "Nothing is half done: what was begun is completed by the next run, once the disk is full no more and permissions are right.",
  },
  "write/manifest-conflict": {
    severity: "warning",
    summary: "The manifest has conflict markers of a merge",
    why: "Which files are owned is then unknown, so the manifest is written anew and nothing is deleted; what one side removed may linger.",
  },
  "write/merged": {
    severity: "info",
    summary: "A generated file that a merge had put together is written anew",
    why: "Git merges lines; what two changes of the config mean together only a compilation tells. Conflict markers in generated files go the same way.",
  },
  "write/manifest-invalid": {
    severity: "warning",
    summary: "The manifest, or an entry of it, cannot be trusted",
    why: "It decides what may be deleted. What is malformed or points outside the compiler's folders is ignored.",
  },
  "write/interrupted": {
    severity: "warning",
    summary: "An earlier run was interrupted while it wrote",
    why: "Until it is completed, the tree is a mix of two outputs and must not be committed.",
  },
  "write/recovered": {
    severity: "info",
    summary: "An interrupted run was completed",
    why: "It had prepared all files before it touched the tree, so its remaining steps could be done as planned.",
  },
  "write/abandoned": {
    severity: "warning",
    summary: "The remaining steps of an interrupted run were dropped",
    why: "The tree was exchanged since, as by `git checkout`: completing the old run would have mixed it with another tree.",
  },
} as const satisfies Record<string, { severity: Severity; summary: string; why: string }>;

type WriteId = keyof typeof writeCatalogue;

/** A finding about a file of the output: shown at that file, since no line of the config is at fault. */
function atFile(id: WriteId, file: string, message: string, hint?: string): Diagnostic {
  return { id, severity: writeCatalogue[id].severity, at: "", message, hint, position: { file, line: 1, column: 1 } };
}

/** A finding about what the config asks for. */
function atSource(id: WriteId, at: string, message: string, hint: string): Diagnostic {
  return { id, severity: writeCatalogue[id].severity, at, message, hint };
}

export const handEdited = (path: string): Diagnostic =>
  atFile(
    "write/hand-edited",
    path,
    `${path} was changed by hand since eco-compile wrote it`,
    "move the change into the config (or its `patches`), or let --force overwrite it",
  );

export const editedAndUnwanted = (path: string): Diagnostic =>
  atFile(
    "write/hand-edited",
    path,
    `${path} is no longer generated, but was changed by hand since eco-compile wrote it`,
    "move what you need elsewhere and delete the file, or let --force delete it",
  );

export const foreignFile = (path: string): Diagnostic =>
  atFile(
    "write/foreign-file",
    path,
    `${path} is in the way: eco-compile did not write it`,
    "move it away, or let --force overwrite it",
  );

export const inTheWay = (path: string, obstacle: string, kind: string): Diagnostic =>
  atFile(
    "write/foreign-file",
    obstacle,
    `the ${kind} ${obstacle} is in the way of ${path}`,
    "move it away; --force only overwrites files",
  );

export const stranger = ({ path, folder, reader }: Stranger): Diagnostic =>
  atFile(
    "write/stranger",
    path,
    `${path} was written by no target, and is applied: ${READ_BY[reader]} ${folder}`,
    "delete it, or move it into a folder of your own and declare that under `extra`",
  );

const READ_BY: Record<Stranger["reader"], string> = {
  manifests: "an Application of Argo CD reads",
  "manifest-tree": "an Application of Argo CD reads all of",
  chart: "Helm packs all of",
  terraform: "Terraform reads",
  policies: "the policies are read from",
};

export const newerTree = (written: string, running: string, format: string | undefined): Diagnostic =>
  atFile(
    "write/newer-tree",
    MANIFEST_PATH,
    `the tree was written by eco-compile ${written}, and this is ${running}${format === undefined ? "" : `: of its manifest, ${format}`}`,
    `npm install --save-dev --save-exact eco-compile@${written}, or go back on purpose with --force`,
  );

export const symlink = (path: string, link: string): Diagnostic =>
  atFile(
    "write/symlink",
    link,
    path === link ? `${path} is a symbolic link` : `${path} lies behind a symbolic link, ${link}`,
    "replace the link by a real file or folder",
  );

export const outsideRoots = (path: string, target: string, problem: string, at: string): Diagnostic =>
  atSource(
    "write/outside-roots",
    at,
    `target ${target} may not write ${JSON.stringify(path)}: ${problem}`,
    "rename what the path is made from; if no name in the config looks like it, this is a bug of the target",
  );

export const pathCollision = (path: string, other: string, at: string): Diagnostic =>
  atSource(
    "write/path-collision",
    at,
    path === other ? `${path} is written twice` : `${path} and ${other} cannot both exist on every file system`,
    "rename what one of the two is made from",
  );

export const manifestConflict = (): Diagnostic =>
  atFile(
    "write/manifest-conflict",
    MANIFEST_PATH,
    `${MANIFEST_PATH} has conflict markers of a merge: it is written anew, and no file is deleted this time`,
    "look through `git status` for files that only one side still had, and delete them by hand",
  );

export const merged = (path: string): Diagnostic =>
  atFile("write/merged", path, `${path} is what git made of two outputs; it becomes what the merged config says`);

export const manifestInvalid = (problem: string): Diagnostic =>
  atFile(
    "write/manifest-invalid",
    MANIFEST_PATH,
    `${MANIFEST_PATH} cannot be trusted, ${problem}: that part is ignored`,
    "commit the manifest that this run writes",
  );

export const interrupted = (): Diagnostic =>
  atFile(
    "write/interrupted",
    MANIFEST_PATH,
    "an earlier run was interrupted while it wrote: the tree is a mix of two outputs",
    "run eco-compile: it completes that run first",
  );

export const recovered = (): Diagnostic =>
  atFile("write/recovered", MANIFEST_PATH, "completed an earlier run that was interrupted while it wrote");

export const abandoned = (): Diagnostic =>
  atFile(
    "write/abandoned",
    MANIFEST_PATH,
    "an earlier run was interrupted while it wrote, and the tree was exchanged since: its remaining steps are dropped",
  );

export const locked = (lockFile: string, pid: number, host: string): Diagnostic =>
  atFile(
    "write/locked",
    lockFile,
    `another eco-compile is writing here: process ${pid} on ${host}`,
    `wait for it; if there is no such process, delete ${lockFile}`,
  );

export const takenOver = (lockFile: string): Diagnostic =>
  atFile(
    "write/locked",
    lockFile,
    "another eco-compile writes here: this one had been stopped for seconds, and was taken for dead",
    "run eco-compile again; it completes what was begun",
  );

export const failed = (path: string, message: string): Diagnostic =>
  atFile(
    "write/failed",
    path,
    `cannot write: ${message}`,
    "free disk space or correct the permissions, then run eco-compile again: it repairs what was begun",
  );
