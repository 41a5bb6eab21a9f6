import { writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { makeFolder } from "../7-write/disk.ts";
import { standing } from "./init/conflicts.ts";
import { NAME, nameOf, projectFacts } from "./init/facts.ts";
import { projectFiles, type ProjectFile } from "./init/templates.ts";

/** `eco-compile init`: a working project in an empty repository. Nothing that exists is overwritten; a conflict stops before anything is written. */
export function initCommand(where: string, { name }: { name?: string }): void {
  const folder = resolve(where);
  if (name !== undefined && !NAME.test(name)) {
    return refuse([`--name ${JSON.stringify(name)}: up to 22 small letters, digits and dashes that start with a letter, as in ${JSON.stringify(nameOf(name))}`]);
  }
  try {
    makeFolder(folder);
    const files = projectFiles(projectFacts(folder, name ?? nameOf(folder))).map((file) => ({ ...file, standing: standing(folder, file) }));
    const conflicts = files.flatMap(({ path, standing }) => (standing.kind === "conflict" ? [`  ${path} ${standing.why}`] : []));
    if (conflicts.length > 0) return refuse(["nothing was written; these files are in the way:", ...conflicts]);

    const kept = files.flatMap(({ path, standing }) => (standing.kind === "kept" ? [`  = ${path} (${standing.why})`] : []));
    const free = files.filter(({ standing }) => standing.kind === "free");
    for (const file of free) save(folder, file);
    say([...free.map(({ path }) => `  + ${path}`), ...kept, "", ...nextSteps(folder)]);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    refuse([`cannot write: ${message}`]); // permissions, a full disk, a file where the folder should be
  }
}

function save(folder: string, { path, content }: ProjectFile): void {
  makeFolder(join(folder, dirname(path)));
  writeFileSync(join(folder, path), content, { flag: "wx" }); // whatever came into being meanwhile stays
}

function nextSteps(folder: string): string[] {
  const here = relative(process.cwd(), folder);
  return [
    "Next:",
    ...(here === "" ? [] : [`  cd ${/^[\w./-]+$/.test(here) ? here : JSON.stringify(here)}`]),
    "  npm install        # the compiler, and types for the editor",
    "  npx eco-compile    # compiles the config into generated/",
    "  git add . && git commit -m \"Describe the platform\"",
    "Then replace the values marked CHANGE in ecosystem.config.ts.",
  ];
}

function say(lines: readonly string[]): void {
  process.stderr.write(lines.map((line) => `${line}\n`).join(""));
}

function refuse(lines: readonly string[]): void {
  say(lines);
  process.exitCode = 1;
}
