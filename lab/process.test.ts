import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { temporaryFolder } from "../test/support/tree.ts";
import { isRunning } from "./identity.ts";
import { freePorts } from "./ports.ts";
import { startProcess } from "./process.ts";
import { beginRun, endLeftOvers, endRun, isLeftOver, processesOf, runs, type Run } from "./run.ts";
import { until } from "./until.ts";

const test = suite("lab: runs and processes");

/** A shell with a child of its own, as controllers have them. */
const SLEEPERS = { name: "sleepers", command: "sh", args: ["-c", "sleep 300 & echo up; wait"] };
const isUp = (log: () => string): boolean => log().includes("up");

/**
 * A process of the lab in a Node of its own, which then does what `last` says. Returns its exit code and the run that
 * it began.
 */
function inOtherNode(last: string): { status: number | null; stderr: string; run: Run } {
  const script = [
    `import { beginRun } from ${JSON.stringify(new URL("run.ts", import.meta.url).href)};`,
    `import { startProcess } from ${JSON.stringify(new URL("process.ts", import.meta.url).href)};`,
    `const run = beginRun("other");`,
    `await startProcess(run, { ...${JSON.stringify(SLEEPERS)}, ready: (log) => log().includes("up") });`,
    `console.log(JSON.stringify(run));`,
    last,
  ].join("\n");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    { encoding: "utf8" },
  );
  return { status, stderr, run: JSON.parse(stdout.split("\n")[0]!) as Run };
}

/** Whether anything runs in a process group. */
function alive(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

test("a process is waited for, logs, and ends with all that it started", async () => {
  const run = beginRun("test");
  const started = await startProcess(run, { ...SLEEPERS, ready: isUp });
  assert.equal(
    processesOf(run).map(({ name, pid }) => [name, pid]),
    [["sleepers", started.pid]],
  );
  assert.ok(alive(started.pid));
  await started.stop();
  await until("all ended", () => !alive(started.pid), { seconds: 5 });
  assert.equal(processesOf(run), []);
  endRun(run);
  assert.not(existsSync(run.folder));
});

test("a run is where it was found, whatever its file says", () => {
  const elsewhere = temporaryFolder("elsewhere");
  const run = beginRun("planted");
  const owner = { ...run.owner, pid: 2 ** 22 + 1 }; // above what the system gives
  writeFileSync(join(run.folder, "run.json"), JSON.stringify({ ...run, owner, folder: elsewhere }));
  assert.ok(endLeftOvers().some(({ folder }) => folder === run.folder));
  assert.equal([existsSync(elsewhere), existsSync(run.folder)], [true, false]);
});

test("one that ends early, never gets ready, or does not exist says so with its log", async () => {
  const run = beginRun("test");
  const failure = async (options: object): Promise<string> =>
    startProcess(run, { ...SLEEPERS, ...options }).then(
      () => "started",
      (error: Error) => error.message,
    );
  assert.match(
    await failure({ args: ["-c", "echo no such flag; exit 3"], ready: isUp }),
    /sleepers ended before it was ready:\n(.*\n)*  │ no such flag/,
  );
  assert.match(
    await failure({ args: ["-c", "echo busy; sleep 300"], ready: isUp, seconds: 0.3 }),
    /after 0.3 s still not sleepers ready\n(.*\n)*  │ busy/,
  );
  assert.match(await failure({ command: "no-such-program" }), /ENOENT/);
  endRun(run);
});

for (const [how, last, code] of [
  ["the end", "", 0],
  ["an error that nobody catches", "throw new Error('on purpose');", 1],
  ["an interruption", "process.kill(process.pid, 'SIGINT'); setTimeout(() => {}, 9000);", 130],
] as const) {
  test(`nothing runs after ${how} of its process; logs stay only when it failed`, async () => {
    const { status, stderr, run } = inOtherNode(last);
    assert.is(status, code);
    await until("all ended", () => processesOf(run).length === 0, { seconds: 5 });
    assert.is(existsSync(run.folder), code !== 0);
    assert.is(stderr.includes(run.folder), code !== 0);
    rmSync(run.folder, { recursive: true, force: true });
  });
}

test("what is left after SIGKILL is found and ended by the next one", async () => {
  const { run } = inOtherNode("process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 9000);");
  const [left] = processesOf(run);
  assert.ok(left && isRunning(left));
  assert.ok(isLeftOver(run));
  const mine = beginRun("mine");
  assert.ok(endLeftOvers().some(({ folder }) => folder === run.folder));
  await until("ended", () => !alive(left.pid), { seconds: 5 });
  assert.not(existsSync(run.folder));
  assert.ok(
    runs().some(({ folder }) => folder === mine.folder),
    "a run of a living process is let be",
  );
  endRun(mine);
});

test("free ports are different, and not those in use", async () => {
  const ports = await freePorts(200);
  assert.is(new Set(ports).size, 200);
  const servers = await Promise.all(
    ports.slice(0, 20).map(
      (port) =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(port, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  assert.equal(
    (await freePorts(500)).filter((port) => ports.slice(0, 20).includes(port)),
    [],
  );
  servers.forEach((server) => server.close());
});

test.run();
