import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as assert from "uvu/assert";
import { readTree, type Tree } from "./tree.ts";

/** `npm run test:update` rewrites what is expected instead of comparing; the diff is then reviewed like any other. */
const updating = process.env["UPDATE_GOLDENS"] === "1";

/** Compares a text with a committed file, byte for byte. */
export function assertGolden(file: string, actual: string): void {
  if (updating) {
    mkdirSync(dirname(file), { recursive: true });
    return writeFileSync(file, actual);
  }
  if (!existsSync(file)) throw new Error(`${file} is missing: npm run test:update writes it`);
  assert.is(actual, readFileSync(file, "utf8"), file);
}

/** Compares a set of files with a committed folder: which files there are first, then the bytes of each. */
export function assertGoldenTree(folder: string, actual: Tree): void {
  if (updating) {
    rmSync(folder, { recursive: true, force: true });
    for (const [path, content] of actual) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return;
  }
  const expected = existsSync(folder) ? readTree(folder) : new Map<string, Buffer>();
  assert.equal([...actual.keys()].sort(), [...expected.keys()].sort(), `files of ${folder}`);
  for (const [path, content] of expected)
    assert.is(actual.get(path)!.toString("utf8"), content.toString("utf8"), join(folder, path));
}
