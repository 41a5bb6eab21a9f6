import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { saySkipped } from "../../test/support/run-files.ts";
import { nodeDisk } from "./disk.ts";
import { withLock } from "./lock.ts";
import { PROGRAMS, start, type Elsewhere } from "./test/programs.ts";
import { inFolder, newFolder, readTree } from "./test/tree.ts";
import { isClean, RIGHT, writeTree } from "./test/trees.ts";
import { project } from "./state-folder.ts";

/**
 * Runs of which nobody here can say whether they live. Such a machine is played by a process that takes another name,
 * and whose clock is a day off; where the system lets us, by a namespace of processes as containers have it.
 */
const test = suite("lock, between machines");

const DAY = 86_400_000;
const ELSEWHERE: readonly Elsewhere[] = [
  { host: "ahead", clock: DAY },
  { host: "behind", clock: -DAY },
];

const errors = ({ diagnostics }: ReturnType<typeof writeTree>): string[] =>
  diagnostics.filter(({ severity }) => severity === "error").map(({ id }) => id);
const locks = (root: string) => Object.keys(readTree(join(root, ".eco-compile/locks")));

/** Waits, without giving a process time to do more than one thing. */
async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 60_000; !holds(); await after(1))
    assert.ok(performance.now() < end, `waited in vain for ${what}`);
}

for (const elsewhere of ELSEWHERE) {
  test(
    `killed while it wrote, on a machine ${elsewhere.host}: the next run here goes on within seconds`,
    inFolder(async (root) => {
      writeTree(root, "A");
      const { child, exited } = await start("writer", [root, "B", 100_000], elsewhere);
      await until("a lock", () => locks(root).length > 0);
      child.kill("SIGKILL");
      await exited;
      const begin = performance.now();
      assert.equal(errors(writeTree(root, "A")), []);
      assert.ok(performance.now() - begin < 60_000, `${performance.now() - begin} ms`);
      assert.is(JSON.stringify(readTree(root)), RIGHT.A);
      assert.equal(locks(root), []);
    }),
  );

  test(
    `at work on a machine ${elsewhere.host}: an error here, and nothing is written`,
    inFolder(async (root) => {
      const log = join(root, "log");
      const { child, exited } = await start("holder", [root, log, 100_000, 20_000], elsewhere);
      await until("a lock", () => locks(root).length > 0);
      const outcome = writeTree(root, "A");
      child.kill("SIGKILL");
      await exited;
      assert.equal(errors(outcome), ["write/locked"]);
      assert.match(outcome.diagnostics[0]!.message, `process ${child.pid} on ${elsewhere.host}`);
      assert.is(readTree(root)["generated/"], undefined);
    }),
  );
}

test("stopped while it writes elsewhere: it is taken for dead, and ends when it wakes up before it touches anything", async () => {
  let midst = 0; // rounds that left a mixed tree: some are wanted, and which do is up to chance
  for (let round = 0; round < 3 || (midst === 0 && round < 15); round++) {
    await inFolder(async (root) => {
      writeTree(root, "A");
      const { child, exited, output } = await start("writer", [root, "B", 100_000], { host: "elsewhere" });
      do {
        child.kill("SIGCONT");
        await after(Math.random() * 20);
        child.kill("SIGSTOP");
        await after(20); // it is not stopped at once
      } while (locks(root).length === 0);
      const left = JSON.stringify(readTree(root));
      if (left !== RIGHT.A && left !== RIGHT.B) midst++;
      for (const name of ["A", "B"] as const)
        assert.is(isClean(root, name) && left !== RIGHT[name], false, "a mixed tree is called clean");
      assert.equal(errors(writeTree(root, "A")), []);
      assert.is(JSON.stringify(readTree(root)), RIGHT.A);
      child.kill("SIGCONT");
      await exited;
      assert.match(output(), /^write\/locked: another eco-compile writes here: this one had been stopped/);
      // One call may have been under way when it was stopped. Whatever that was is seen, and repaired.
      assert.is(
        isClean(root, "A") && JSON.stringify(readTree(root)) !== RIGHT.A,
        false,
        "a mixed tree is called clean",
      );
      assert.equal(errors(writeTree(root, "B")), []);
      assert.is(JSON.stringify(readTree(root)), RIGHT.B);
    })();
  }
});

test(
  "a share that hides a living run's signs of life: it ends before this run begins",
  inFolder(async (root) => {
    const log = join(root, "log");
    const { exited } = await start("holder", [root, log, 1, 60_000], { host: "elsewhere" });
    await until("the other to be at work", () => /enter/.test(readFileSync(log, { encoding: "utf8", flag: "a+" })));
    const blind = { ...nodeDisk, stampOf: () => 1 };
    withLock(project(root, blind), () => writeFileSync(log, "here\n", { flag: "a" }));
    await exited;
    const words = readFileSync(log, "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(" ")[0]);
    assert.equal(words, ["enter", "lost", "here"]);
  }),
);

/** Every `enter` is followed by the `leave` of the same run, unless that was killed. */
function assertOneAtATime(log: string, killed: ReadonlySet<number>): number {
  const lines = readFileSync(log, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(" ") as [string, string]);
  for (const [index, [word, pid]] of lines.entries()) {
    assert.is.not(word, "lost");
    if (word === "enter")
      assert.ok(
        killed.has(Number(pid)) || lines[index + 1]?.join(" ") === `leave ${pid}`,
        `line ${index}: ${lines.slice(index, index + 3).join(" / ")}`,
      );
    else assert.is(lines[index - 1]?.join(" "), `enter ${pid}`, `line ${index}`);
  }
  return lines.filter(([word]) => word === "leave").length;
}

test(
  "five at once, on three machines, and some of them killed: never two",
  inFolder(async (root) => {
    const log = join(root, "log");
    const killed = new Set<number>();
    const one = async (elsewhere: Elsewhere | undefined, kills: number): Promise<void> => {
      for (let left = kills; left >= 0; left--) {
        const { child, exited } = await start("holder", [root, log, left > 0 ? 100_000 : 30, 4], elsewhere);
        if (left > 0) {
          await after(500 + Math.random() * 500);
          killed.add(child.pid!);
          child.kill("SIGKILL");
        }
        await exited;
      }
    };
    await Promise.all([
      one(undefined, 3),
      one(undefined, 0),
      one(ELSEWHERE[0], 2),
      one(ELSEWHERE[0], 0),
      one(ELSEWHERE[1], 0),
    ]);
    assert.ok(assertOneAtATime(log, killed) > 60);
    assert.equal(writeTree(root, "A").diagnostics, []);
  }),
);

/** As a container: processes of its own, counted from one. */
const CONTAINER = ["--pid", "--uts", "--fork", "--kill-child", "--mount-proc"];
const contained = spawnSync("unshare", [...CONTAINER, "true"], { stdio: "ignore" }).status === 0;
if (!contained) saySkipped("takeover between containers", "unshare may not make namespaces here");

(contained ? test : test.skip)(
  "two containers on one mount whose processes have the same number: never two; killed, the next goes on",
  inFolder(async (root) => {
    const log = join(newFolder(), "log");
    const { spawn } = await import("node:child_process");
    const run = (rounds: number, milliseconds: number) => {
      const child = spawn(
        "unshare",
        [...CONTAINER, process.execPath, PROGRAMS.holder, root, log, String(rounds), String(milliseconds)],
        { stdio: "ignore" },
      );
      return { child, exited: once(child, "exit") };
    };
    await Promise.all([run(20, 5), run(20, 5)].map(({ exited }) => exited));
    assert.is(assertOneAtATime(log, new Set()), 40);
    assert.ok(/^enter 1$/m.test(readFileSync(log, "utf8")), "they share a number");

    const { child, exited } = run(1, 60_000);
    await until("a lock", () => locks(root).length > 0);
    child.kill("SIGKILL");
    await exited;
    assert.equal(writeTree(root, "A").diagnostics, []);
  }),
);

test.run();
