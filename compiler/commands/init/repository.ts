import { createHash } from "node:crypto";
import { existsSync, lstatSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { texts } from "../../config/texts.ts";

/** The form of `repository.path`. Such a path is itself in YAML, in GitHub's patterns and in a shell. */
export const PATH = texts.RepositoryFolder.pattern;

/** Where a project lies in its repository. */
export interface Place {
  /** From the top of the repository, `/` as separator; "" is the top. */
  path: string;
  /** From the project to the top, as `../../`; "" at the top. */
  up: string;
}

/**
 * The nearest folder with a `.git`, which is a file in worktrees and submodules; the project itself where there is
 * none. Looked for on disk, so that it is found without git as well, and where git refuses, as in a repository of
 * another user. The folder is a real path.
 */
export function placeOf(folder: string): Place {
  const top = ancestors(folder).find((above) => isGit(join(above, ".git"))) ?? folder;
  const path = relative(top, folder).split(sep).join("/");
  return { path, up: path === "" ? "" : "../".repeat(path.split("/").length) };
}

const ancestors = (folder: string): string[] =>
  dirname(folder) === folder ? [folder] : [folder, ...ancestors(dirname(folder))];

/** Git, too, looks further up where a folder of that name holds no repository. */
const isGit = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isFile() === true || existsSync(join(path, "HEAD"));

/**
 * The workflow of a project: GitHub looks for it at the top of the repository alone, where those of other projects are.
 */
export interface Workflow {
  /** From the top of the repository. */
  file: string;
  name: string;
  /** Of a project below the top: where its steps run, and which changes it looks at. */
  folder?: string;
  paths?: string[];
}

export function workflowOf({ path }: Pick<Place, "path">): Workflow {
  if (path === "") return { file: ".github/workflows/ecosystem.yml", name: "ecosystem" };
  const file = `.github/workflows/ecosystem-${fileName(path)}.yml`;
  // The lock file at the top is the project's where that is a package of an npm workspace.
  return { file, name: `ecosystem in ${path}`, folder: path, paths: [`${path}/**`, file, "package-lock.json"] };
}

/** One name for each folder: `teams/a` and `teams-a` can both be projects, and so can `teams--a`. */
const fileName = (path: string): string =>
  path.replaceAll("/", "--") +
  (path.includes("--") ? `-${createHash("sha256").update(path).digest("hex").slice(0, 8)}` : "");
