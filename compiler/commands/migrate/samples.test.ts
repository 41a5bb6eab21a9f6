import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readTree, temporaryFolder } from "../../../test/support/tree.ts";
import { MODULE_ALIAS } from "../../package-root.ts";
import { replaceFiles } from "./replace-files.ts";
import { migrate } from "./steps.ts";

/**
 * Projects of format 1 as they were, with what becomes of them: `after/`, or `kept.txt` where something has to be
 * rewritten by hand. Those called after the first are from 0.1.0.
 */
const SAMPLES = join(import.meta.dirname, "samples");
const test = suite("migrated samples");

function projectOf(sample: string): string {
  const root = temporaryFolder(sample);
  cpSync(join(SAMPLES, sample, "before"), root, { recursive: true });
  mkdirSync(join(root, "node_modules"));
  if (existsSync(join(root, "packaged"))) renameSync(join(root, "packaged"), join(root, "node_modules/packaged"));
  return root;
}

const migrated = (root: string) => migrate({ root, cwd: root, moduleAlias: MODULE_ALIAS });
const texts = (folder: string): [string, string][] =>
  [...readTree(folder)]
    .filter(([path]) => !path.startsWith("node_modules/"))
    .map(([path, bytes]) => [path, bytes.toString()]);

for (const sample of readdirSync(SAMPLES)) {
  test(`${sample}: is what it should become, and then stays`, async () => {
    const root = projectOf(sample);
    const before = texts(root);
    const { sources, diagnostics } = await migrated(root);
    const kept = diagnostics.map(
      ({ at, message, position }) => `${position?.file}:${position?.line}:${position?.column} ${at}: ${message}\n`,
    );
    const [expected, folder] = [join(SAMPLES, sample, "kept.txt"), join(SAMPLES, sample, "after")];
    if (process.env["UPDATE_GOLDENS"] && kept.length > 0) writeFileSync(expected, kept.join(""));
    assert.is(kept.join(""), existsSync(expected) ? readFileSync(expected, "utf8") : "");
    assert.equal(texts(root), before, "migrate itself writes nothing");
    if (kept.length > 0) return;

    assert.is(replaceFiles(sources.replacements), undefined);
    const after = texts(root);
    if (process.env["UPDATE_GOLDENS"])
      cpSync(root, folder, { recursive: true, filter: (path) => !path.endsWith("node_modules") });
    assert.equal(after, texts(folder));
    const again = await migrated(root);
    assert.equal([again.sources.replacements, again.changes, again.diagnostics], [[], [], []]);
    for (const [path] of after)
      assert.is(lstatSync(join(root, path)).mode, lstatSync(join(SAMPLES, sample, "before", path)).mode);
  });
}

test.run();
