import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runFiles, skippedIn } from "./run-files.ts";
import { temporaryFolder } from "./tree.ts";

const test = suite("running test files");

const QUIET = { parallel: 1, minutes: 1, say: () => undefined };

const closing = (total: number, passed: number, skipped = 0): string =>
  `console.log("  Total: ${total}\\n  Passed: ${passed}\\n  Skipped: ${skipped}");`;

/** What a file's process does → passed, failed and skipped, and what its output then says. */
const FILES: Readonly<Record<string, [program: string, counts: [number, number, number], says?: RegExp]>> = {
  "all pass": [closing(2, 2), [2, 0, 0]],
  "one fails": [`${closing(2, 1)} process.exitCode = 1;`, [1, 1, 0]],
  "nothing is reported": ["", [0, 1, 0]],
  "ends with an error after its tests": [`${closing(2, 2)} process.exitCode = 1;`, [2, 1, 0]],
  "skips and says why": [`console.log("skipped: it: helm is missing"); ${closing(0, 0, 2)}`, [0, 0, 2]],
  "skips in silence": [closing(1, 1, 2), [1, 1, 2], /2 tests are skipped and nothing says why/],
};
for (const [name, [program, [passed, failed, skipped], says = /.*/]] of Object.entries(FILES)) {
  test(name, async () => {
    const file = join(temporaryFolder("run-files"), "a.test.mjs");
    writeFileSync(file, program);
    const [outcome] = await runFiles([file], QUIET);
    assert.equal([outcome!.passed, outcome!.failed, outcome!.skipped], [passed, failed, skipped]);
    assert.match(outcome!.output, says);
  });
}

test("what is wrong by others' rules is a failure of the file", async () => {
  const file = join(temporaryFolder("run-files"), "a.test.mjs");
  writeFileSync(file, closing(1, 1));
  const [outcome] = await runFiles([file], { ...QUIET, after: () => "read what it may not" });
  assert.equal([outcome!.passed, outcome!.failed], [1, 1]);
  assert.match(outcome!.output, /read what it may not/);
});

test("what is skipped is one line, by its reason", () => {
  const outputs = [
    "skipped: argo-cd: management: without etcd\n",
    "1\nskipped: opa: without etcd\nskipped: x: no root",
  ];
  assert.is(skippedIn(outputs), "argo-cd: management, opa (without etcd); x (no root)");
  assert.is(skippedIn(["ok"]), "");
});

test.run();
