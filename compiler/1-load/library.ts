import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What tools and tests leave in library folders, and no tree that is shipped needs. */
const SKIPPED_FOLDERS = new Set([".terraform", "ci", "node_modules", "test", "tests"]);
const SKIPPED_FILES = /_test\.rego$|\.tftest\.hcl$|\.tgz$|^\.terraform\.lock\.hcl$|^\.DS_Store$/;

/** A library folder (`terraform-modules/`, `helm-library/`, `policies/`) as relative path → bytes, sorted by path. */
export function readLibrary(folder: string): Map<string, Uint8Array> {
  // By code unit: the order of a directory and of a locale differ between machines.
  const paths = [...filesUnder(folder, "")].sort((a, b) => (a < b ? -1 : 1));
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

function* filesUnder(folder: string, prefix: string): Generator<string> {
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const { name } = entry;
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(name)) yield* filesUnder(folder, `${prefix}${name}/`);
    if (entry.isFile() && !SKIPPED_FILES.test(name)) yield prefix + name;
  }
}
