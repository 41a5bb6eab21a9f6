import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { MODULE_ALIAS } from "../package-root.ts";
import { counted } from "../diagnostics/report.ts";
import { replaceFiles } from "./migrate/replace-files.ts";
import { migrate, type Change, type Migrated } from "./migrate/steps.ts";
import { show, type ProjectOptions } from "./show.ts";

export interface MigrateCommandOptions extends ProjectOptions {
  check?: boolean;
}

/**
 * `eco-compile migrate`: the config's files in today's words, all or none. Exit codes: 0 they are, 1 errors, or with
 * `--check` that something would be rewritten, 2 something has to be rewritten by hand first.
 */
export async function migrateCommand(options: MigrateCommandOptions): Promise<void> {
  const root = realpathSync(options.cwd); // files are the project's own by their real paths
  const check = options.check ?? false;
  const migrated = await migrate({
    root,
    cwd: process.cwd(),
    moduleAlias: MODULE_ALIAS,
    ...(options.config === undefined ? {} : { configFile: options.config }),
  });
  const { diagnostics, sources } = migrated;
  const changes = inOrder(migrated.changes);
  const refused = diagnostics.length > 0;
  const failure = refused || check ? undefined : replaceFiles(sources.replacements);
  if (failure !== undefined) {
    process.stderr.write(`nothing was written: ${failure}\n`);
    process.exitCode = 1;
    return;
  }
  const summary = {
    lines: refused ? ["nothing was written"] : lines({ ...migrated, changes }, root, check),
    data: { changes, files: refused ? [] : sources.replacements.map(({ file }) => name(root, file)).sort() },
  };
  await show({ diagnostics, summary }, options);
  process.exitCode = exitCode(migrated, check);
}

function lines({ changes, sources }: Migrated, root: string, check: boolean): string[] {
  const { replacements } = sources;
  if (replacements.length === 0) return ["the config is written in today's words"];
  return [
    ...(check
      ? changes.map(({ change, position: { file, line, column } }) => `${file}:${line}:${column}  ${change}`)
      : []),
    ...replacements.map(({ file }) => `  ~ ${name(root, file)}`).sort(),
    `${counted(changes.length, "change")} in ${counted(replacements.length, "file")}${check ? " to be made" : "; run eco-compile next, and look at the difference"}`,
  ];
}

function exitCode({ diagnostics, sources }: Migrated, check: boolean): number {
  if (diagnostics.some(({ id }) => id !== "format/by-hand")) return 1;
  if (diagnostics.length > 0) return 2;
  return check && sources.replacements.length > 0 ? 1 : 0;
}

/** By file and line. */
const inOrder = (changes: readonly Change[]): Change[] =>
  changes.toSorted(
    ({ position: one }, { position: other }) =>
      Number(one.file > other.file) - Number(one.file < other.file) ||
      one.line - other.line ||
      one.column - other.column,
  );

const name = (root: string, file: string): string => relative(root, file).split(sep).join("/");
