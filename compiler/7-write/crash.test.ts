import { cpSync, rmSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Disk } from "./disk.ts";
import { plan, write } from "./index.ts";
import { countingDisk, Crash, crashingDisk, refusingDisk } from "./test/faulty-disk.ts";
import { emitted, inFolder, newFolder, OPTIONS, put, readTree, type Files } from "./test/tree.ts";

const test = suite("write, killed at every call");

const A: Files = {
  "helm:generated/clusters/paris/services/web/values.yaml": "replicas: 1\n",
  "helm:generated/clusters/paris/services/web/manifests/rollout.yaml": "weight: 5\n",
  "helm:generated/clusters/paris/services/old/values.yaml": "replicas: 1\n",
  "helm:generated/clusters/paris/services/same/values.yaml": "same: true\n",
  "github:.github/workflows/eco-old.yml": "on: push\n",
  "terraform:generated/terraform/gcp/main.tf": "a = 1\n",
  "terraform:generated/becomes/a/folder": "file\n",
  "terraform:generated/becomes-a-file/inner/x": "x\n",
};
const B: Files = {
  "helm:generated/clusters/paris/services/web/values.yaml": "replicas: 2\n",
  "helm:generated/clusters/paris/services/web/manifests/rollout.yaml": "weight: 10\n",
  "helm:generated/clusters/paris/services/new/values.yaml": "replicas: 1\n",
  "helm:generated/clusters/paris/services/same/values.yaml": "same: true\n",
  "terraform:generated/terraform/gcp/main.tf": "a = 2\n",
  "terraform:generated/becomes/a/folder/now": "file\n",
  "terraform:generated/becomes-a-file": "x\n",
};
const C: Files = {
  "helm:generated/clusters/paris/services/third/values.yaml": "replicas: 3\n",
  "helm:generated/clusters/paris/services/web/values.yaml": "replicas: 3\n",
  "terraform:generated/terraform/gcp/main.tf": "a = 1\n",
};
const ALL = { A, B, C };
type Name = keyof typeof ALL;

const writeFiles = (root: string, files: Files, disk?: Disk) => write(root, emitted(files), OPTIONS, disk);
const isClean = (root: string, files: Files) => plan(root, emitted(files), OPTIONS).clean;

/** The tree that a run on an empty folder makes. */
function rightTree(files: Files): Record<string, string> {
  const root = newFolder();
  try {
    put(root, "README.md", "not ours\n");
    assert.equal(writeFiles(root, files).diagnostics, []);
    return readTree(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const RIGHT = { A: rightTree(A), B: rightTree(B), C: rightTree(C) };
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** A folder with the tree that is there before, ready to be copied for each point. */
function prepared(before: Name | undefined): string {
  const root = newFolder();
  put(root, "README.md", "not ours\n");
  if (before) writeFiles(root, ALL[before]);
  return root;
}

let points = 0;
const expectCrash = (work: () => unknown) => {
  points++;
  assert.throws(work, (error: unknown) => error instanceof Crash);
};

/** No tree that is neither the one before nor the one after is ever called clean. */
function assertHonest(root: string, when: string): void {
  const tree = readTree(root);
  for (const name of ["A", "B", "C"] as const) {
    const { clean, diagnostics } = plan(root, emitted(ALL[name]), OPTIONS);
    assert.not(clean && !same(tree, RIGHT[name]), `${when}: called clean for ${name}`);
    assert.equal(
      diagnostics.filter(({ severity }) => severity === "error"),
      [],
      `${when}: nobody edited anything by hand`,
    );
  }
}

/** The calls that a run makes when nothing stops it. */
function callsOf(template: string, files: Files): readonly string[] {
  const root = newFolder();
  try {
    cpSync(template, root, { recursive: true });
    const disk = countingDisk();
    writeFiles(root, files, disk);
    return disk.calls;
  } finally {
    rmSync(root, { recursive: true });
  }
}

const CASES: readonly [before: Name | undefined, killed: Name, next: Name][] = [
  [undefined, "A", "A"],
  [undefined, "A", "B"],
  ["A", "B", "B"],
  ["A", "B", "A"],
  ["A", "B", "C"],
  ["B", "A", "A"],
  ["A", "A", "B"],
];

for (const tear of [false, true]) {
  for (const [before, killed, next] of CASES) {
    test(`${before ?? "nothing"} → ${killed} killed${tear ? " in the middle of a write" : ""}, then ${next}`, () => {
      const template = prepared(before);
      const calls = callsOf(template, ALL[killed]);
      // Onto nothing, whole folders are moved: fewer calls, and hardly a moment between the two trees.
      if (before !== killed) assert.ok(calls.length > (before === undefined ? 40 : 50), `${calls.length} calls`);
      let mixed = 0;
      for (const [at, call] of calls.entries()) {
        if (tear && !call.startsWith("create")) continue;
        const root = newFolder();
        cpSync(template, root, { recursive: true });
        expectCrash(() => writeFiles(root, ALL[killed], crashingDisk(at, { tear })));
        const left = readTree(root);
        if (!same(left, before ? RIGHT[before] : { "README.md": "not ours\n" }) && !same(left, RIGHT[killed])) mixed++;
        assertHonest(root, `killed before call ${at}`);
        const outcome = writeFiles(root, ALL[next]);
        assert.equal(
          outcome.diagnostics.filter(({ severity }) => severity === "error"),
          [],
          `call ${at}`,
        );
        assert.equal(readTree(root), RIGHT[next], `killed before call ${at}`);
        assert.ok(isClean(root, ALL[next]), `killed before call ${at}`);
        rmSync(root, { recursive: true });
      }
      if (before !== killed && !tear)
        assert.ok(mixed > (before === undefined ? 0 : 5), `the test must see mixed trees; it saw ${mixed}`);
      rmSync(template, { recursive: true });
    });
  }
}

test("killed again while it repairs", () => {
  const template = prepared("A");
  const calls = callsOf(template, B).length;
  for (let first = 4; first < calls; first += 11) {
    const half = newFolder();
    cpSync(template, half, { recursive: true });
    expectCrash(() => writeFiles(half, B, crashingDisk(first)));
    for (let second = 0; ; second += 5) {
      const root = newFolder();
      cpSync(half, root, { recursive: true });
      let ended = false;
      try {
        writeFiles(root, C, crashingDisk(second));
        ended = true;
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        points++;
      }
      assertHonest(root, `killed before ${first}, then before ${second}`);
      writeFiles(root, B);
      assert.equal(readTree(root), RIGHT.B, `killed before ${first}, then before ${second}`);
      rmSync(root, { recursive: true });
      if (ended) break;
    }
    rmSync(half, { recursive: true });
  }
  rmSync(template, { recursive: true });
});

test("a run of one target completes a killed run of all before it writes its own", () => {
  const template = prepared("A");
  const calls = callsOf(template, B).length;
  for (let at = 0; at < calls; at += 2) {
    const root = newFolder();
    cpSync(template, root, { recursive: true });
    expectCrash(() => writeFiles(root, B, crashingDisk(at)));
    write(root, emitted(C), { ...OPTIONS, only: "helm" });
    const terraform = Object.entries(readTree(root)).filter(
      ([path]) => path.startsWith("generated/terraform/") || path.startsWith("generated/becomes"),
    );
    const expected = [RIGHT.A, RIGHT.B].map((tree) =>
      Object.entries(tree).filter(
        ([path]) => path.startsWith("generated/terraform/") || path.startsWith("generated/becomes"),
      ),
    );
    assert.ok(
      expected.some((one) => same(one, terraform)),
      `killed before call ${at}: ${JSON.stringify(terraform)}`,
    );
    writeFiles(root, C);
    assert.equal(readTree(root), RIGHT.C);
    rmSync(root, { recursive: true });
  }
  rmSync(template, { recursive: true });
});

test(
  "what a person changes after the crash is not overwritten",
  inFolder((root) => {
    writeFiles(root, A);
    const firstMove = callsOf(root, B).findIndex((call) => call.startsWith("remove") && call.endsWith("eco-old.yml"));
    expectCrash(() => writeFiles(root, B, crashingDisk(firstMove)));
    put(root, "generated/terraform/gcp/main.tf", "by hand\n");
    const outcome = writeFiles(root, B);
    assert.equal(
      outcome.diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ id, position }) => [id, position?.file]),
      [["write/hand-edited", "generated/terraform/gcp/main.tf"]],
    );
    assert.is(readTree(root)["generated/terraform/gcp/main.tf"], "by hand\n");
  }),
);

test(
  "a tree that was exchanged after the crash is not mixed with the old run, and its leftovers are known as ours",
  inFolder((root) => {
    writeFiles(root, C);
    const other = readTree(root);
    writeFiles(root, A);
    const last = callsOf(root, B).findLastIndex((call) => call.startsWith("rename") && call.endsWith("manifest.json"));
    expectCrash(() => writeFiles(root, B, crashingDisk(last)));
    // As `git reset --hard` to the commit of C: tracked files and the manifest are C's, new files of B stay.
    for (const [path, content] of Object.entries(other)) if (!path.endsWith("/")) put(root, path, content);
    const outcome = writeFiles(root, C);
    assert.equal(
      outcome.diagnostics.map(({ id, severity }) => [id, severity]),
      [["write/abandoned", "warning"]],
    );
    const tree = readTree(root);
    assert.is(tree["generated/clusters/paris/services/new/values.yaml"], undefined);
    assert.is(tree["generated/clusters/paris/services/third/values.yaml"], "replicas: 3\n");
    assert.ok(isClean(root, C));
  }),
);

// ---- refusals of the disk

for (const [method, code] of [
  ["create", "ENOSPC"],
  ["create", "EACCES"],
  ["rename", "EACCES"],
  ["makeDirectory", "EROFS"],
  ["remove", "EPERM"],
  ["read", "EIO"],
  ["compare", "EACCES"],
  ["list", "EMFILE"],
  ["removeDirectory", "EACCES"],
] as const) {
  test(`${code} at every ${method}: a diagnostic, and the next run repairs`, () => {
    const template = prepared("A");
    for (let after = 0; ; after++) {
      const root = newFolder();
      cpSync(template, root, { recursive: true });
      const outcome = writeFiles(root, B, refusingDisk(method, code, after));
      assertHonest(root, `${method} ${after}`);
      const refused = outcome.diagnostics.some(({ id, message }) => id === "write/failed" && message.includes(code));
      assert.is(
        refused,
        outcome.diagnostics.some(({ severity }) => severity === "error"),
      );
      const next = writeFiles(root, B);
      assert.equal(
        next.diagnostics.filter(({ severity }) => severity === "error"),
        [],
      );
      assert.equal(readTree(root), RIGHT.B);
      rmSync(root, { recursive: true });
      if (!refused) {
        assert.ok(after > 0);
        break;
      }
    }
    rmSync(template, { recursive: true });
  });
}

test(
  "a full disk before the commit leaves the tree untouched and gives the space back",
  inFolder((root) => {
    writeFiles(root, A);
    writeFiles(root, B, refusingDisk("create", "ENOSPC", 4));
    assert.equal(readTree(root), RIGHT_WITHOUT_README.A);
    assert.equal(Object.keys(readTree(`${root}/.eco-compile`)).sort(), [".gitignore", "locks/", "staging/"]);
  }),
);

const RIGHT_WITHOUT_README = Object.fromEntries(
  Object.entries(RIGHT).map(([name, { "README.md": _, ...tree }]) => [name, tree]),
) as typeof RIGHT;

test(
  "an output folder on another file system: the rename is made beside the file",
  inFolder((root) => {
    writeFiles(root, A);
    let refusals = 0;
    const disk = new Proxy(countingDisk(), {
      get: (inner, name: keyof Disk) =>
        name !== "rename"
          ? inner[name]
          : (from: string, to: string) => {
              if (from.includes(".eco-compile/staging"))
                throw Object.assign(new Error("EXDEV"), { code: "EXDEV", syscall: "rename", refusals: refusals++ });
              inner.rename(from, to);
            },
    });
    assert.equal(writeFiles(root, B, disk).diagnostics, []);
    assert.ok(refusals > 3);
    assert.equal(readTree(root), RIGHT_WITHOUT_README.B);
  }),
);

test.after(() => console.log(`\n  killed at ${points} points`));

test.run();
