import { readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { writeCompanion } from "./companion.ts";
import { nodeDisk, type Disk } from "./disk.ts";
import { countingDisk, Crash, crashingDisk, refusingDisk } from "./test/faulty-disk.ts";
import { inFolder, put, readTree } from "./test/tree.ts";

/** A file beside the config, written as a whole. */
const test = suite("write, a companion");

const NAME = "ecosystem.images.json";
const change = (root: string, text: string, disk: Disk = nodeDisk, name = NAME) =>
  writeCompanion(root, join(root, name), () => text, disk).map(({ id, message }) => `${id}: ${message}`);

test(
  "a new file, and one that takes the place of another",
  inFolder((root) => {
    assert.equal(change(root, "a"), []);
    assert.equal(readTree(root), { [NAME]: "a" });
    assert.equal(change(root, "b"), []);
    assert.equal(readTree(root), { [NAME]: "b" });
    assert.equal(readdirSync(join(root, ".eco-compile/locks")), []);
  }),
);

test(
  "in a folder of the project",
  inFolder((root) => {
    put(root, `config/${NAME}`, "a");
    assert.equal(change(root, "b", nodeDisk, `config/${NAME}`), []);
    assert.equal(readTree(root), { "config/": "", [`config/${NAME}`]: "b" });
  }),
);

test("killed at any call, the file is the old one or the new one, and the next run goes on", async () => {
  const calls = await countCalls();
  assert.ok(calls > 5);
  for (let at = 0; at < calls; at++)
    for (const tear of [false, true])
      await inFolder((root) => {
        put(root, NAME, "the old text");
        assert.throws(
          () => change(root, "the new text", crashingDisk(at, { tear })),
          (error: unknown) => error instanceof Crash,
        );
        assert.ok(["the old text", "the new text"].includes(readTree(root)[NAME]!), `call ${at}`);
        assert.equal(change(root, "the newest text"), [], `after call ${at}`);
        assert.equal(readTree(root), { [NAME]: "the newest text" });
      })();
});

async function countCalls(): Promise<number> {
  const disk = countingDisk();
  await inFolder((root) => {
    put(root, NAME, "the old text");
    assert.equal(change(root, "the new text", disk), []);
  })();
  return disk.calls.length;
}

test(
  "a disk that refuses is a finding, and leaves the old file",
  inFolder((root) => {
    put(root, NAME, "a");
    for (const method of ["create", "rename"] as const) {
      const [found = ""] = change(root, "b", refusingDisk(method, "ENOSPC", method === "create" ? 2 : 0));
      assert.match(found, /^write\/failed: cannot write: ENOSPC/);
      assert.equal(readTree(root), { [NAME]: "a" });
    }
  }),
);

test(
  "nothing is written through a link",
  inFolder((root) => {
    put(root, "elsewhere/file", "a");
    symlinkSync(join(root, "elsewhere/file"), join(root, NAME));
    symlinkSync(join(root, "elsewhere"), join(root, "config"));
    assert.equal(change(root, "b"), [`write/symlink: ${NAME} is a symbolic link`]);
    assert.equal(change(root, "b", nodeDisk, "config/file"), [
      "write/symlink: config/file lies behind a symbolic link, config",
    ]);
    assert.is(readTree(root)["elsewhere/file"], "a");
  }),
);

test(
  "what the change cannot read ends it, and the lock is taken down",
  inFolder((root) => {
    assert.throws(
      () =>
        writeCompanion(root, join(root, NAME), () => {
          throw new Error("unreadable");
        }),
      "unreadable",
    );
    assert.equal(readdirSync(join(root, ".eco-compile/locks")), []);
    assert.equal(readTree(root), {});
  }),
);

test(
  "another run is waited for, and an error after a while",
  inFolder((root) => {
    put(root, `.eco-compile/locks/${process.ppid}.1.elsewhere`, "");
    const beating: Disk = { ...nodeDisk, stampOf: () => Math.random() };
    assert.match(change(root, "b", beating)[0]!, "write/locked: another eco-compile is writing here");
    assert.is(readTree(root)[NAME], undefined);
  }),
);

test.run();
