import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { saySkipped } from "../../test/support/run-files.ts";
import { holderName, parseHolder } from "./holder.ts";
import { plan, write } from "./index.ts";
import { emitted, inFolder, OPTIONS, put, readTree } from "./test/tree.ts";

const test = suite("lock");

const FILES = emitted({ "helm:generated/a": "a\n" });
const locks = (root: string) => Object.keys(readTree(join(root, ".eco-compile/locks")));

/** What a lock of this process says. */
const { host, machine, life } = parseHolder(holderName(1))!;
const began = life?.split("-")[0];
const onLinux = machine === undefined ? test.skip : test;
if (machine === undefined) saySkipped("locks of this machine", "there is no /proc");

const name = (pid: number, itsLife: string, itsMachine = machine) => `${pid}.1.${host}.${itsMachine}.${itsLife}`;
const beginningOf = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, "latin1")
    .replace(/^.*\) /s, "")
    .split(" ")[19]!;

/** Writes beside locks: the ids of the findings, and whether the run had to watch for signs of life. */
function writeBeside(root: string, ...files: string[]): { ids: string[]; watched: boolean } {
  for (const file of files) put(root, `.eco-compile/locks/${file}`, "");
  const start = performance.now();
  const ids = write(root, FILES, OPTIONS).diagnostics.map(({ id }) => id);
  return { ids, watched: performance.now() - start > 1000 };
}

const GOES_ON_AT_ONCE = { ids: [], watched: false };
const GOES_ON_AFTER_A_WHILE = { ids: [], watched: true };

async function withProcess(
  command: string,
  args: readonly string[],
  body: (pid: number, said: string) => void,
): Promise<void> {
  const other = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const [said] = (await once(other.stdout, "data")) as [Buffer];
    body(other.pid!, said.toString().trim());
  } finally {
    other.kill("SIGKILL");
    await once(other, "exit");
  }
}

const SLEEPER = ["-e", "console.log('ready'); setInterval(() => {}, 1000)"];

onLinux(
  "a living process of this machine is an error that says who, and how to go on; stopped or not",
  inFolder(async (root) => {
    let lock = "";
    await withProcess(process.execPath, SLEEPER, (pid) => {
      lock = name(pid, `${beginningOf(pid)}-0`);
      put(root, `.eco-compile/locks/${lock}`, "");
      for (const signal of ["SIGCONT", "SIGSTOP"]) {
        process.kill(pid, signal);
        const [finding, ...more] = write(root, FILES, OPTIONS).diagnostics;
        assert.equal(more, []);
        assert.is(finding?.id, "write/locked");
        assert.is(finding?.severity, "error");
        assert.match(finding!.message, `process ${pid} on ${host}`);
        assert.match(finding!.hint!, `.eco-compile/locks/${lock}`);
        assert.equal(Object.keys(readTree(root)), [], "nothing was written");
        assert.equal(locks(root), [lock], "its own lock is gone");
      }
    });
    assert.equal(writeBeside(root, lock), GOES_ON_AT_ONCE, "now that it is dead, its lock is taken over");
    assert.equal(locks(root), []);
  }),
);

onLinux(
  "a process that is dead, or that has its number by now, does not lock",
  inFolder(async (root) => {
    assert.equal(writeBeside(root, name(2 ** 22, "5-0")), GOES_ON_AT_ONCE, "a number above all others");
    assert.equal(writeBeside(root, name(process.pid, "5-0")), GOES_ON_AT_ONCE, "this process has its number");
    assert.equal(writeBeside(root, name(process.pid, life!)), GOES_ON_AT_ONCE, "left over by this thread");
    await withProcess(process.execPath, SLEEPER, (pid) =>
      assert.equal(writeBeside(root, name(pid, "5-0")), GOES_ON_AT_ONCE, "another process has its number"),
    );
    // A parent that does not ask for its child, as the first process of many containers.
    await withProcess("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"], (_, zombie) => {
      while (!/\) Z /.test(readFileSync(`/proc/${zombie}/stat`, "latin1")));
      assert.equal(
        writeBeside(root, name(Number(zombie), `${beginningOf(Number(zombie))}-0`)),
        GOES_ON_AT_ONCE,
        "killed, and still listed",
      );
    });
    assert.equal(locks(root), []);
  }),
);

test(
  "what cannot be asked for does not lock once it has been silent for two seconds, whatever its clock says",
  inFolder((root) => {
    const day = 86_400_000;
    const silent = [
      name(1, "5-0", "0123456789ab"), // another machine, container or boot
      `${process.pid}.1.${host}.0123456789ab.${life ?? "5-0"}`, // all the same but that
      ...(machine === undefined ? [] : [name(process.pid, `${began}-7`)]), // another thread of this process
      `1.${Date.now()}.elsewhere.example`, // a system that has no /proc, and earlier versions
      `1.${Date.now() - day}.elsewhere.example`,
      `1.${Date.now() + day}.elsewhere.example`,
      `${process.ppid}.1.${encodeURIComponent(hostname())}`,
      "1.1.%C3%BC-of-a-host.local",
    ];
    for (const [index, file] of silent.entries()) {
      put(root, `.eco-compile/locks/${file}`, "");
      const stamp = Date.now() / 1000 + [0, -86_400, 86_400][index % 3]!;
      utimesSync(join(root, ".eco-compile/locks", file), stamp, stamp);
    }
    assert.equal(writeBeside(root), GOES_ON_AFTER_A_WHILE);
    assert.equal(locks(root), []);
  }),
);

test(
  "what is no lock does not lock, and stays",
  inFolder((root) => {
    const garbage = [
      ".DS_Store",
      "1",
      "1.2",
      "1..x",
      "x.1.host",
      "12345678901.1.host",
      "1.12345678901234567.host",
      "-1.1.host",
    ];
    mkdirSync(join(root, ".eco-compile/locks/1.1.folder"), { recursive: true });
    symlinkSync("/nowhere", join(root, ".eco-compile/locks/1.1.link"));
    assert.equal(writeBeside(root, ...garbage), GOES_ON_AT_ONCE);
    assert.equal(locks(root).sort(), [...garbage, "1.1.folder/", "1.1.link"].sort());
  }),
);

test("a name says what it is made from, and fits into any folder", () => {
  assert.equal(parseHolder(holderName(7)), { file: holderName(7), pid: process.pid, host, machine, life });
  assert.ok(holderName(Number.MAX_SAFE_INTEGER).length < 255);
  assert.equal(parseHolder("1.2.a.b.c"), {
    file: "1.2.a.b.c",
    pid: 1,
    host: "a.b.c",
    machine: undefined,
    life: undefined,
  });
  assert.equal(parseHolder("1.2.a.0123456789ab.33-4"), {
    file: "1.2.a.0123456789ab.33-4",
    pid: 1,
    host: "a",
    machine: "0123456789ab",
    life: "33-4",
  });
});

test(
  "plan does not care for locks",
  inFolder((root) => {
    put(root, `.eco-compile/locks/1.${Date.now()}.elsewhere.example`, "");
    assert.equal(plan(root, FILES, OPTIONS).diagnostics, []);
  }),
);

test.run();
