import { readFileSync } from "node:fs";
import { join } from "node:path";
import glob from "fast-glob";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { render } from "./render.ts";
import type { Place, Workflow } from "./repository.ts";

/** Real files, in the package as in the checkout: people and linters read them as what they are. */
const TEMPLATES = join(PACKAGE_ROOT, "compiler/commands/init/project");

/** What the project's own files say about it. */
export interface ProjectFacts {
  name: string;
  network: string;
  repository: { url: string; revision: string; /** Absent at the top of the repository. */ path?: string };
  workflow: Workflow & Pick<Place, "up">;
  /** The range of Node that runs the compiler. */
  node: string;
  /** Versions of the packages that the project depends on. */
  version: string;
  typescript: string;
  nodeTypes: string;
}

/** A file that init writes. */
export interface ProjectFile {
  /** From the project's folder, `/` as separator; it begins with `../` where the file belongs to the repository. */
  path: string;
  content: string;
}

/** What there already is at the path of a file that init would write. */
export type Standing =
  | { kind: "free" }
  /** It says already what init would make it say. */
  | { kind: "kept"; why: string }
  /** It stays as it is, and gets what it lacks. */
  | { kind: "completed"; content: string; added: readonly string[] }
  | { kind: "conflict"; why: string };

/** The files of a new project, in order. */
export function projectFiles(facts: ProjectFacts): ProjectFile[] {
  return glob
    .sync("**/*", { cwd: TEMPLATES })
    .map((name) => {
      const text = readFileSync(join(TEMPLATES, name), "utf8");
      return { path: projectPath(name, facts), content: name.endsWith(".hbs") ? render(text, facts) : text };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `_gitignore` → `.gitignore`, since npm leaves dotfiles out or renames them; `package.json.hbs` → `package.json`. */
function projectPath(name: string, { workflow }: ProjectFacts): string {
  const path = name.replace(/(^|\/)_/g, "$1.").replace(/\.hbs$/, "");
  return path === ".github/workflows/ecosystem.yml" ? `${workflow.up}${workflow.file}` : path;
}
