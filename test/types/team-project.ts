import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectFacts } from "../../compiler/commands/init/facts.ts";
import { projectFiles } from "../../compiler/commands/init/templates.ts";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";

export const CONFIG = "ecosystem.config.ts";
export const SHOP = "ecosystem/shop.ts";

/** Text that stands once in a file of the project, and what takes its place; without `from`, the whole of a new file. */
export interface Edit {
  file: string;
  from?: string;
  to: string;
}

/** A project as `init` writes it, with these changes. Nothing is compiled in it, and nothing installed. */
export function writeProject(folder: string, edits: readonly Edit[]): void {
  const files = new Map(projectFiles(projectFacts(PACKAGE_ROOT, "shop")).map(({ path, content }) => [path, content]));
  for (const { file, from, to } of edits) files.set(file, from === undefined ? to : replaced(files, file, from, to));
  for (const [path, content] of files) {
    if (path.startsWith("../")) continue; // belongs to the repository around it
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function replaced(files: ReadonlyMap<string, string>, file: string, from: string, to: string): string {
  const parts = files.get(file)!.split(from);
  if (parts.length !== 2) throw new Error(`${file} has ${JSON.stringify(from)} ${parts.length - 1} times`);
  return parts.join(to);
}

/**
 * One program of several projects, with the compiler's options of `init`. `first` are the files that TypeScript reads
 * before all others.
 */
export function writeProgram(folder: string, projects: readonly string[], first: readonly string[] = []): void {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(join(PACKAGE_ROOT, "node_modules/@types"), join(folder, "node_modules/@types"));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: `./${projects[0]}/tsconfig.json`,
      compilerOptions: { paths: { "eco-compile": [join(PACKAGE_ROOT, "compiler/config/index.ts")] } },
      files: first,
      include: projects.flatMap((project) => [`${project}/${CONFIG}`, `${project}/ecosystem`]),
    }),
  );
}

/** Line and column, both from 1, of the only place where a text stands. */
export function placeOf(file: string, text: string): { line: number; column: number } {
  const parts = readFileSync(file, "utf8").split(text);
  if (parts.length !== 2) throw new Error(`${file} has ${JSON.stringify(text)} ${parts.length - 1} times`);
  const before = parts[0]!.split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
