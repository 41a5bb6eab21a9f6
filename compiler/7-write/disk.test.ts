import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { errorCode, nodeDisk } from "./disk.ts";
import { inFolder, readTree } from "./test/tree.ts";

const test = suite("disk");

test(
  "create makes new files only, and follows no link",
  inFolder((root) => {
    writeFileSync(join(root, "there"), "old");
    symlinkSync(join(root, "elsewhere"), join(root, "link"));
    for (const name of ["there", "link"])
      assert.throws(
        () => nodeDisk.create(join(root, name), "new"),
        (error: unknown) => errorCode(error) === "EEXIST",
      );
    assert.is(readFileSync(join(root, "there"), "utf8"), "old");
    assert.equal(Object.keys(readTree(root)), ["link", "there"]);
  }),
);

test(
  "compares and tells what stands in the way",
  inFolder((root) => {
    writeFileSync(join(root, "file"), "abc");
    mkdirSync(join(root, "folder"));
    symlinkSync("file", join(root, "link"));
    const compare = (name: string, text: string) => nodeDisk.compare(join(root, name), Buffer.from(text));
    const found = [
      compare("file", "abc"),
      compare("file", "abd"),
      compare("none", ""),
      compare("file/x", ""),
      compare("folder", "abc"),
      compare("link", "abc"),
    ];
    assert.equal(found, ["same", "different", "missing", "missing", "directory", "symlink"]);
    writeFileSync(join(root, "large"), Buffer.alloc(300_000, 7));
    assert.is(nodeDisk.compare(join(root, "large"), Buffer.alloc(300_000, 7)), "same");
    assert.is(nodeDisk.compare(join(root, "large"), Buffer.alloc(299_999, 7)), "different");
  }),
);

test(
  "removes only empty folders, and what is gone is no error",
  inFolder((root) => {
    mkdirSync(join(root, "a/b"), { recursive: true });
    assert.equal(
      [
        nodeDisk.removeDirectory(join(root, "a")),
        nodeDisk.removeDirectory(join(root, "a/b")),
        nodeDisk.removeDirectory(join(root, "a/b")),
      ],
      [false, true, true],
    );
    nodeDisk.remove(join(root, "none/at/all"));
    assert.equal(nodeDisk.list(join(root, "none")), []);
    assert.is(nodeDisk.read(join(root, "none")), undefined);
    assert.is(nodeDisk.kind(join(root, "none/x")), undefined);
  }),
);

test(
  "makes folders with their parents, one try each",
  inFolder((root) => {
    nodeDisk.makeDirectory(join(root, "a/b/c"));
    nodeDisk.makeDirectory(join(root, "a/b"));
    symlinkSync("a", join(root, "link"));
    nodeDisk.makeDirectory(join(root, "link/d"));
    writeFileSync(join(root, "file"), "");
    symlinkSync("nowhere", join(root, "dangling"));
    assert.equal(Object.keys(readTree(root)), ["a/", "a/b/", "a/b/c/", "a/d/", "dangling", "file", "link"]);
    const refused = (path: string, ...codes: string[]) =>
      assert.throws(
        () => nodeDisk.makeDirectory(path),
        (error: unknown) => codes.includes(errorCode(error)!),
      );
    refused(join(root, "file"), "EEXIST");
    refused(join(root, "file/x/y"), "ENOTDIR");
    refused(join(root, "dangling/x"), "EEXIST");
    if (process.platform === "linux")
      for (const path of ["/proc/self/x", "/proc/self/x/y/z"]) refused(path, "ENOENT", "EACCES");
  }),
);

test(
  "stamps files that are there, and says when",
  inFolder((root) => {
    writeFileSync(join(root, "file"), "");
    assert.equal([nodeDisk.stamp(join(root, "file"), 1234), nodeDisk.stampOf(join(root, "file"))], [true, 1_234_000]);
    assert.equal(
      [nodeDisk.stamp(join(root, "none"), 1234), nodeDisk.stampOf(join(root, "none")), nodeDisk.stampOf(root)],
      [false, undefined, undefined],
    );
  }),
);

test.run();
