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

/** A line that goes into a file that is there. */
export interface Insertion {
  path: string;
  /** What ends before the place of the line, or begins after it. */
  after?: RegExp;
  before?: RegExp;
  line: string;
}

/** Puts each line into its place. In: what the files hold. Refuses where a file has no such place. */
export function insert(insertions: readonly Insertion[]): Map<string, string> {
  const changed = new Map<string, string>();
  for (const { path, after, before, line } of insertions) {
    const text = changed.get(path) ?? readFileSync(path, "utf8");
    const place = after === undefined ? before!.exec(text)?.index : endOf(after.exec(text));
    if (place === undefined) refuse(`${path} has no place for: ${line}`);
    changed.set(path, `${text.slice(0, place)}${line}\n${text.slice(place)}`);
  }
  return changed;
}

const endOf = (match: RegExpExecArray | null): number | undefined =>
  match === null ? undefined : match.index + match[0].length;

/** Writes what does not exist yet and changes what does, lays it out, and then writes all that is derived. */
export function write(
  files: Scaffold,
  generators: readonly string[],
  changed: ReadonlyMap<string, string> = new Map(),
): void {
  for (const path of files.keys()) if (existsSync(path)) refuse(`${path} is already there`);
  for (const [path, content] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { flag: "wx" });
    console.log(`wrote ${path}`);
  }
  for (const [path, content] of changed) {
    writeFileSync(path, content);
    console.log(`changed ${path}`);
  }
  const sources = [...files.keys(), ...changed.keys()].filter((path) => path.endsWith(".ts"));
  execFileSync("node_modules/.bin/oxfmt", sources, { stdio: ["ignore", "ignore", "inherit"] });
  execFileSync(process.execPath, ["--import", "tsx", "scripts/gen/index.ts", ...generators], { stdio: "inherit" });
}

/** Ends with the reason, and without a trace. */
export function refuse(reason: string): never {
  console.error(reason);
  process.exit(1);
}
