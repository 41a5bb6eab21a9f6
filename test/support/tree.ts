import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";

/** Relative path → bytes, with `/` on every system. */
export type Tree = ReadonlyMap<string, Buffer>;

/** Every file below a folder, sorted by path. */
export function readTree(folder: string): Map<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
  return new Map(paths.sort((a, b) => (a < b ? -1 : 1)).map((path) => [path, readFileSync(join(folder, path))]));
}

const temporary: string[] = [];
process.once("exit", () => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/**
 * A new empty folder outside the project, deleted when the process ends. `below`: the system's folder for them by
 * default.
 */
export function temporaryFolder(name: string, below: string = tmpdir()): string {
  const folder = mkdtempSync(join(below, `eco-${name}-`));
  temporary.push(folder);
  return folder;
}
