import { spawn } from "node:child_process";
import { once } from "node:events";
import { hostname } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { plan, write } from "./index.ts";
import { emitted, inFolder, OPTIONS, put, readTree } from "./test/tree.ts";

const test = suite("lock");

const FILES = emitted({ "helm:generated/a": "a\n" });
const host = encodeURIComponent(hostname());
const locks = (root: string) => Object.keys(readTree(join(root, ".eco-compile/locks")));

/** Writes beside a lock; the ids of the findings. */
function writeBeside(root: string, lock: string): string[] {
  put(root, `.eco-compile/locks/${lock}`, "");
  return write(root, FILES, OPTIONS).diagnostics.map(({ id }) => id);
}

test("a living process is an error that says who, and how to go on", inFolder(async (root) => {
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  await once(other, "spawn");
  const lock = `${other.pid}.1.${host}`;
  put(root, `.eco-compile/locks/${lock}`, "");
  const [finding, ...more] = write(root, FILES, OPTIONS).diagnostics;
  const exited = once(other, "exit");
  other.kill("SIGKILL");
  await exited;
  assert.equal(more, []);
  assert.is(finding?.id, "write/locked");
  assert.is(finding?.severity, "error");
  assert.match(finding!.message, `process ${other.pid} on ${host}`);
  assert.match(finding!.hint!, `.eco-compile/locks/${lock}`);
  assert.equal(Object.keys(readTree(root)), [], "nothing was written");
  assert.equal(locks(root), [lock], "its own lock is gone");

  assert.equal(writeBeside(root, lock), [], "now that it is dead, its lock is taken over");
  assert.equal(locks(root), []);
}));

test("a run on another machine counts for an hour", inFolder((root) => {
  const lock = (age: number) => `1.${Date.now() - age}.elsewhere.example`;
  assert.equal(writeBeside(root, lock(3_700_000)), []);
  assert.equal(writeBeside(root, lock(60_000)), ["write/locked"]);
}));

test("the number of this very process in an old lock is that of a run that died", inFolder((root) => {
  assert.equal(writeBeside(root, `${process.pid}.1.${host}`), []);
  assert.equal(locks(root), []);
}));

test("what is no lock does not lock", inFolder((root) => {
  assert.equal(writeBeside(root, ".DS_Store"), []);
}));

test("plan does not care for locks", inFolder((root) => {
  put(root, `.eco-compile/locks/1.${Date.now()}.elsewhere.example`, "");
  assert.equal(plan(root, FILES, OPTIONS).diagnostics, []);
}));

test.run();
