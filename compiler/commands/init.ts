import { realpathSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { makeFolder } from "../7-write/disk.ts";
import { gitFindings } from "./doctor/git.ts";
import { NAME, nameOf, projectFacts } from "./init/facts.ts";
import { PATH, placeOf } from "./init/repository.ts";
import { standing } from "./init/standing.ts";
import { projectFiles, type ProjectFile, type Standing } from "./init/templates.ts";

/**
 * `eco-compile init`: a working project in an empty repository, or beside what a repository already has. Nothing that
 * exists is overwritten: files that many tools share get what they lack, any other conflict stops before anything is
 * written.
 */
export function initCommand(where: string, { name }: { name?: string }): void {
  if (name !== undefined && !NAME.test(name)) {
    return refuse([
      `--name ${JSON.stringify(name)}: up to 22 small letters, digits and dashes that start with a letter, as in ${JSON.stringify(nameOf(name))}`,
    ]);
  }
  try {
    makeFolder(resolve(where));
    const folder = realpathSync(resolve(where));
    const { path } = placeOf(folder);
    if (path !== "" && !PATH.test(path))
      return refuse([
        `${JSON.stringify(path)} in its repository: clusters need a path of letters, digits, dots, dashes and underscores; name another folder`,
      ]);
    const files = projectFiles(projectFacts(folder, name ?? nameOf(resolve(where)))).map((file) => ({
      ...file,
      standing: standing(folder, file),
    }));
    const conflicts = files.flatMap(({ path, standing }) =>
      standing.kind === "conflict" ? [`  ${path} ${standing.why}`] : [],
    );
    if (conflicts.length > 0) return refuse(["nothing was written; these files are in the way:", ...conflicts]);

    const done = files.flatMap((file) => save(folder, file));
    const kept = files.flatMap(({ path, standing }) =>
      standing.kind === "kept" ? [`  = ${path} (${standing.why})`] : [],
    );
    say([...done, ...kept, ...objections(folder), "", ...nextSteps(where)]);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    refuse([`cannot write: ${message}`]); // permissions, a full disk, a file where the folder should be
  }
}

/** Writes the file, or what it lacks; says what was done. */
function save(folder: string, { path, content, standing }: ProjectFile & { standing: Standing }): string[] {
  switch (standing.kind) {
    case "free":
      makeFolder(join(folder, dirname(path)));
      writeFileSync(join(folder, path), content, { flag: "wx" }); // whatever came into being meanwhile stays
      return [`  + ${path}`];
    case "completed":
      writeFileSync(join(folder, path), standing.content);
      return [`  ~ ${path}, which now also has`, ...standing.added.map((one) => `      ${one}`)];
    default:
      return [];
  }
}

/** Lines of other files, or further down, can undo what the written ones say: git knows. */
function objections(folder: string): string[] {
  return (gitFindings(folder) ?? []).flatMap(({ about, found, remedy }) =>
    remedy === undefined ? [] : [`  ! ${about}: ${found}`, `      ${remedy}`],
  );
}

function nextSteps(where: string): string[] {
  const here = relative(process.cwd(), resolve(where));
  return [
    "Next:",
    ...(here === "" ? [] : [`  cd ${/^[\w./-]+$/.test(here) ? here : JSON.stringify(here)}`]),
    "  npm install        # the compiler, and types for the editor",
    "  npx eco-compile    # compiles the config into generated/",
    '  git add . && git commit -m "Describe the platform"',
    "Then replace the values marked CHANGE in ecosystem.config.ts and in ecosystem/.",
  ];
}

function say(lines: readonly string[]): void {
  process.stderr.write(lines.map((line) => `${line}\n`).join(""));
}

function refuse(lines: readonly string[]): void {
  say(lines);
  process.exitCode = 1;
}
