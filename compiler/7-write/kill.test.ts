import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { start } from "./test/programs.ts";
import { newFolder, readTree } from "./test/tree.ts";
import { isClean, RIGHT, writeTree } from "./test/trees.ts";

const test = suite("write, in processes of its own");

/** Milliseconds that a writer takes for its first rounds on this machine, busy as it may be. */
async function timeOfRounds(root: string): Promise<number> {
  const { exited } = await start("writer", [root, "B", 4]);
  const begin = performance.now();
  await exited;
  return performance.now() - begin;
}

/** Kills that hit a run between its first and its last change of the tree; `npm run robustness -- kills` takes more. */
const ENOUGH = process.env["ROBUSTNESS"] === "1" ? 100 : 6;

test("killed by SIGKILL at many moments: the next run leaves the right tree, and no mix is called clean", async () => {
  const root = newFolder();
  writeTree(root, "A");
  const longest = await timeOfRounds(root);
  let interrupted = 0;
  let kills = 0;
  for (; interrupted < ENOUGH && kills < 25 * ENOUGH; kills++) {
    const { child, exited } = await start("writer", [root, kills % 2 === 0 ? "B" : "A", 1000]);
    const pause = Math.random() * longest;
    await after(pause);
    child.kill("SIGKILL");
    await exited;
    const left = JSON.stringify(readTree(root));
    for (const name of ["A", "B"] as const)
      assert.is(isClean(root, name) && left !== RIGHT[name], false, `after ${pause} ms a mixed tree is called clean`);
    const next = kills % 3 === 0 ? "A" : "B";
    const { diagnostics } = writeTree(root, next);
    assert.equal(
      diagnostics.filter(({ severity }) => severity === "error"),
      [],
    );
    if (diagnostics.some(({ id }) => id === "write/recovered")) interrupted++;
    assert.is(JSON.stringify(readTree(root)), RIGHT[next], `killed after ${pause} ms`);
    assert.ok(isClean(root, next));
  }
  console.log(`\n  ${kills} processes killed, ${interrupted} of them in the midst of changing the tree`);
  assert.is(interrupted, ENOUGH, `${kills} kills hit too few moments of writing`);
  rmSync(root, { recursive: true });
});

test("two runs at once: one after the other, or an error that says who", async () => {
  for (let round = 0; round < 5; round++) {
    const root = newFolder();
    const writers = await Promise.all([start("writer", [root, "A", 11]), start("writer", [root, "B", 11])]);
    await Promise.all(writers.map(({ exited }) => exited));
    for (const [index, { output }] of writers.entries()) {
      const other = writers[1 - index]!.child.pid;
      for (const line of output().split("\n").filter(Boolean))
        assert.ok(line.startsWith("write/locked: ") && line.includes(`process ${other} on `), line);
    }
    const tree = JSON.stringify(readTree(root));
    assert.ok(tree === RIGHT.A || tree === RIGHT.B, "a mixed tree");
    assert.equal(Object.keys(readTree(join(root, ".eco-compile"))), [".gitignore", "locks/", "staging/"]);
    rmSync(root, { recursive: true });
  }
});

test.run();
