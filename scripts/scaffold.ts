import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import glob from "fast-glob";
import { render } from "../compiler/commands/init/render.ts";

/** The files that a scaffolder makes: path → content. */
export type Scaffold = ReadonlyMap<string, string>;

/** Fills a folder of templates; `place` says where a file goes. */
export function fill(template: string, values: object, place: (file: string) => string): Scaffold {
  const folder = fileURLToPath(new URL(`templates/${template}/`, import.meta.url));
  const files = glob.sync("**/*.hbs", { cwd: folder }).sort();
  return new Map(
    files.map((file) => [place(file.replace(/\.hbs$/, "")), render(readFileSync(join(folder, file), "utf8"), values)]),
  );
}

/** Writes what does not exist yet, and then all that is derived from the folders. */
export function write(files: Scaffold, generators: readonly string[]): void {
  for (const path of files.keys()) if (existsSync(path)) refuse(`${path} is already there`);
  for (const [path, content] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { flag: "wx" });
    console.log(`wrote ${path}`);
  }
  execFileSync(process.execPath, ["--import", "tsx", "scripts/gen/index.ts", ...generators], { stdio: "inherit" });
}

/** Ends with the reason, and without a trace. */
export function refuse(reason: string): never {
  console.error(reason);
  process.exit(1);
}
