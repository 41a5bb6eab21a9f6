import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { compile } from "../../compile.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";

/**
 * What the reference, the example and what `init` wrote compile to after they were migrated is what was compiled before,
 * byte for byte: it stands in `generated/`. Where one of them is changed for another reason, its sample is changed as well.
 */
const test = suite("what migrated projects compile to");

/** Which side of the samples the schema takes. */
const { definitions } = JSON.parse(readFileSync(`${PACKAGE_ROOT}schemas/ecosystem.schema.json`, "utf8")) as {
  definitions: { Service: { properties: object } };
};
const SIDE = "in" in definitions.Service.properties ? "after" : "before";

/** Beside the config, as they are committed. */
const COMPANIONS = ["ecosystem.images.json", "ecosystem.tuning.json", "ecosystem.lock.json"];

async function compiled(sample: string, companions: string) {
  const root = temporaryFolder(sample);
  cpSync(join(import.meta.dirname, "samples", sample, SIDE), root, { recursive: true });
  mkdirSync(join(root, "node_modules"));
  for (const name of COMPANIONS)
    if (existsSync(join(PACKAGE_ROOT, companions, name)))
      cpSync(join(PACKAGE_ROOT, companions, name), join(root, name));
  const { diagnostics, emission } = await compile({ root, cwd: root, mode: "emit" });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  assert.equal(
    errors.map(({ id, message }) => `${id}: ${message}`),
    [],
  );
  return emission!.files;
}

for (const [sample, folder] of [
  ["reference", ""],
  ["boutique", "examples/online-boutique"],
] as const)
  test(`${sample}: every file is the committed one`, async () => {
    const files = await compiled(sample, folder);
    assert.ok(files.length > 50, `only ${files.length} files`);
    const differing = files.filter(({ path, content }) => {
      const file = join(PACKAGE_ROOT, folder, path);
      return !existsSync(file) || !readFileSync(file).equals(Buffer.from(content));
    });
    assert.equal(
      differing.map(({ path }) => path),
      [],
    );
  });

for (const sample of ["init", "init-first"])
  test(`${sample}: compiles`, async () => {
    const files = await compiled(sample, "compiler/commands/init/project");
    assert.ok(files.length > 50, `only ${files.length} files`);
  });

test.run();
