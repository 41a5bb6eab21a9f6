import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { runCli } from "../support/cli.ts";
import { assertGolden } from "../support/golden.ts";
import { readTree } from "../support/tree.ts";

/**
 * What a user sees of a broken config, from the command to the text: exit code 1, every mistake at its place with its
 * frame and a hint, nothing written and no stack trace.
 */
const test = suite("errors");
const samples = fileURLToPath(new URL("samples/", import.meta.url));

for (const name of readdirSync(samples)) {
  test(name, async () => {
    const folder = join(samples, name);
    const before = [...readTree(folder).keys()];
    const { code, stdout, stderr } = await runCli([], { cwd: folder });

    assert.is(stdout, "", "text for people goes to stderr");
    assert.is(code, 1, stderr);
    assert.not.match(stderr, /^\s+at /m, "a stack trace is for bugs");
    assert.not.match(
      stderr,
      new RegExp(PACKAGE_ROOT.replaceAll(/[.\\/]/g, "\\$&")),
      "paths are relative to where the user is",
    );
    assertGolden(join(folder, "expected.txt"), stderr);

    assert.equal(
      [...readTree(folder).keys()].filter((path) => path !== "expected.txt"),
      before.filter((path) => path !== "expected.txt"),
      "nothing is written",
    );
    assert.not.ok(existsSync(join(folder, "generated")));
  });
}

test.run();
