import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MANIFEST_PATH, plan, write } from "./index.ts";
import { countingDisk } from "./test/faulty-disk.ts";
import { A, B, found, GIT_CONFLICT, paths, planFiles, refuses, textOf, writeFiles } from "./test/runs.ts";
import { emitted, inFolder, newFolder, OPTIONS, put, readTree, type Files } from "./test/tree.ts";

const test = suite("plan and write");

test(
  "creates, changes, deletes, and leaves what is right",
  inFolder((root) => {
    assert.equal(paths(writeFiles(root, A)), {
      create: ["generated/web/values.yaml", "generated/old/x/y.yaml", "generated/main.tf"],
      change: [],
      delete: [],
      unchanged: 0,
      manifest: "create",
    });
    const expected = {
      create: ["generated/new.yaml"],
      change: ["generated/web/values.yaml"],
      delete: ["generated/old/x/y.yaml"],
      unchanged: 1,
      manifest: "change",
    };
    assert.equal(paths(planFiles(root, B)), expected);
    assert.equal(paths(writeFiles(root, B)), expected);
    assert.equal(Object.keys(readTree(root)), [
      "generated/",
      "generated/main.tf",
      "generated/manifest.json",
      "generated/new.yaml",
      "generated/web/",
      "generated/web/values.yaml",
    ]);
    assert.equal(paths(writeFiles(root, B)), { create: [], change: [], delete: [], unchanged: 3, manifest: undefined });
    assert.ok(planFiles(root, B).clean);
  }),
);

test(
  "an unchanged run touches nothing",
  inFolder((root) => {
    writeFiles(root, A);
    const disk = countingDisk();
    write(root, emitted(A), OPTIONS, disk);
    assert.equal(
      disk.calls.filter((call) => /^(?:create|rename|remove)/.test(call) && !call.includes("/locks/")),
      [],
    );
  }),
);

test(
  "plan changes nothing",
  inFolder((root) => {
    planFiles(root, A);
    assert.equal(readTree(root), {});
    assert.not(existsSync(join(root, ".eco-compile")));
  }),
);

test(
  "the state folder keeps itself out of git and holds nothing afterwards",
  inFolder((root) => {
    writeFiles(root, A);
    assert.equal(readTree(join(root, ".eco-compile")), { ".gitignore": "*\n", "locks/": "", "staging/": "" });
  }),
);

test(
  "bytes are written as they are, with mode 0644",
  inFolder((root) => {
    const content = new Uint8Array([0, 13, 10, 255]);
    const umask = process.umask(0o022);
    write(root, [{ path: "generated/x.wasm", target: "opa", source: "", content }], OPTIONS);
    process.umask(umask);
    assert.equal([...readFileSync(join(root, "generated/x.wasm"))], [...content]);
    assert.is(statSync(join(root, "generated/x.wasm")).mode & 0o777, 0o644);
    assert.ok(plan(root, [{ path: "generated/x.wasm", target: "opa", source: "", content }], OPTIONS).clean);
  }),
);

for (const [name, disk, expected] of [
  ["one byte less", "a: 1", false],
  ["one byte more", "a: 1\n\n", false],
  ["another byte", "a: 2\n", false],
  ["empty", "", false],
  ["the same", "a: 1\n", true],
] as const) {
  test(
    `compares bytes: ${name}`,
    inFolder((root) => {
      writeFiles(root, A);
      writeFileSync(join(root, "generated/web/values.yaml"), disk);
      assert.is(planFiles(root, A).clean, expected);
    }),
  );
}

test(
  "believes bytes, not the hashes in the manifest",
  inFolder((root) => {
    writeFiles(root, A);
    const manifest = textOf(root, MANIFEST_PATH);
    writeFiles(root, B);
    writeFileSync(join(root, MANIFEST_PATH), manifest);
    assert.not(planFiles(root, A).clean);
  }),
);

// ---- what people did to the tree

test(
  "a file edited by hand stops everything, and --force overwrites it",
  inFolder((root) => {
    writeFiles(root, A);
    put(root, "generated/web/values.yaml", "a: hand\n");
    const { diagnostics } = refuses(root, B, ["write/hand-edited generated/web/values.yaml"]);
    assert.match(diagnostics[0]!.hint!, "--force");
    assert.is(writeFiles(root, B, { force: true }).diagnostics.length, 0);
    assert.is(textOf(root, "generated/web/values.yaml"), "a: 2\n");
  }),
);

test(
  "an edit that is what we would write is no conflict",
  inFolder((root) => {
    writeFiles(root, A);
    put(root, "generated/web/values.yaml", "a: 2\n");
    assert.equal(found(writeFiles(root, B)), []);
  }),
);

test(
  "a file edited by hand that nothing wants any more is kept, and --force deletes it",
  inFolder((root) => {
    writeFiles(root, A);
    put(root, "generated/old/x/y.yaml", "hand\n");
    refuses(root, B, ["write/hand-edited generated/old/x/y.yaml"]);
    writeFiles(root, B, { force: true });
    assert.not(existsSync(join(root, "generated/old")));
  }),
);

test(
  "a file deleted by hand comes back",
  inFolder((root) => {
    writeFiles(root, A);
    unlinkSync(join(root, "generated/web/values.yaml"));
    assert.equal(paths(writeFiles(root, A)).create, ["generated/web/values.yaml"]);
  }),
);

test(
  "a foreign file is a conflict, unless its bytes are equal or with --force",
  inFolder((root) => {
    put(root, "generated/web/values.yaml", "a: 1\n");
    put(root, "generated/main.tf", "foreign\n");
    refuses(root, A, ["write/foreign-file generated/main.tf"]);
    writeFiles(root, A, { force: true });
    assert.is(textOf(root, "generated/main.tf"), "a = 1\n");
  }),
);

test(
  "files that nobody claims stay, and so do their folders",
  inFolder((root) => {
    writeFiles(root, A);
    put(root, "generated/old/x/notes.md", "mine\n");
    writeFiles(root, B);
    assert.is(textOf(root, "generated/old/x/notes.md"), "mine\n");
  }),
);

test(
  "a folder or a special place in the way is never removed, not even with --force",
  inFolder((root) => {
    put(root, "generated/main.tf/mine", "x\n");
    put(root, "generated/web", "a file\n");
    refuses(root, A, ["write/foreign-file generated/web", "write/foreign-file generated/main.tf"], { force: true });
    rmSync(join(root, "generated/main.tf"), { recursive: true });
    mkdirSync(join(root, "generated/main.tf"));
    refuses(root, A, ["write/foreign-file generated/web", "write/foreign-file generated/main.tf"]);
  }),
);

test(
  "a pipe in the way is neither waited for nor removed",
  inFolder((root) => {
    mkdirSync(join(root, "generated"));
    execFileSync("mkfifo", [join(root, "generated/main.tf")]);
    assert.equal(found(writeFiles(root, A, { force: true })), ["write/foreign-file generated/main.tf"]);
    assert.ok(statSync(join(root, "generated/main.tf")).isFIFO());
  }),
);

test(
  "a whole finding list, not only the first",
  inFolder((root) => {
    writeFiles(root, A);
    for (const path of ["generated/web/values.yaml", "generated/main.tf"]) put(root, path, "hand\n");
    refuses(root, A, ["write/hand-edited generated/web/values.yaml", "write/hand-edited generated/main.tf"]);
  }),
);

// ---- links

for (const [link, target] of [
  ["generated", "elsewhere"],
  ["generated/web", "../elsewhere"],
  ["generated/old", "../elsewhere"],
] as const) {
  test(
    `never through a link: ${link}`,
    inFolder((root) => {
      const outside = newFolder();
      if (link !== "generated") writeFiles(root, A);
      rmSync(join(root, link), { recursive: true, force: true });
      symlinkSync(outside, join(root, link));
      const outcome = writeFiles(root, { ...B, "helm:generated/old/x/z.yaml": "z\n" }, { force: true });
      assert.ok(
        found(outcome).length > 0 && found(outcome).every((line) => line === `write/symlink ${link}`),
        `${found(outcome)} ${target}`,
      );
      assert.equal(readTree(outside), {});
      rmSync(outside, { recursive: true });
    }),
  );
}

for (const path of ["generated/web/values.yaml", "generated/old/x/y.yaml", MANIFEST_PATH]) {
  test(
    `never through a link: ${path}`,
    inFolder((root) => {
      writeFiles(root, A);
      put(root, "precious", "old\n");
      rmSync(join(root, path));
      symlinkSync(join(root, "precious"), join(root, path));
      refuses(root, B, [`write/symlink ${path}`], { force: true });
      assert.is(textOf(root, "precious"), "old\n");
    }),
  );
}

for (const folder of [".eco-compile", ".eco-compile/staging", ".eco-compile/locks"]) {
  test(
    `never through a link: ${folder}`,
    inFolder((root) => {
      const outside = newFolder();
      put(outside, "journal.json", "{}");
      put(root, ".eco-compile/x", "");
      rmSync(join(root, folder), { recursive: true, force: true });
      symlinkSync(outside, join(root, folder));
      assert.equal(found(writeFiles(root, A)), [`write/symlink ${folder}`]);
      assert.equal(readTree(outside), { "journal.json": "{}" });
      rmSync(outside, { recursive: true });
    }),
  );
}

// ---- the manifest

test(
  "a missing manifest is rebuilt and deletes nothing",
  inFolder((root) => {
    writeFiles(root, A);
    unlinkSync(join(root, MANIFEST_PATH));
    refuses(root, B, ["write/foreign-file generated/web/values.yaml"]);
    put(root, "generated/web/values.yaml", "a: 2\n");
    assert.equal(paths(writeFiles(root, B)), {
      create: ["generated/new.yaml"],
      change: [],
      delete: [],
      unchanged: 2,
      manifest: "create",
    });
    assert.is(textOf(root, "generated/old/x/y.yaml"), "old\n");
  }),
);

test(
  "a manifest in conflict is rebuilt, deletes nothing, and either side's bytes count as ours",
  inFolder((root) => {
    writeFiles(root, B);
    const theirs = textOf(root, MANIFEST_PATH);
    writeFiles(root, A);
    const ours = textOf(root, MANIFEST_PATH);
    put(root, MANIFEST_PATH, GIT_CONFLICT(ours, theirs));
    assert.not(planFiles(root, A).clean);
    const outcome = writeFiles(root, B);
    assert.equal(found(outcome), [`write/manifest-conflict ${MANIFEST_PATH}`]);
    assert.equal(paths(outcome), {
      create: ["generated/new.yaml"],
      change: ["generated/web/values.yaml"],
      delete: [],
      unchanged: 1,
      manifest: "change",
    });
    assert.is(textOf(root, MANIFEST_PATH), theirs);
    put(root, MANIFEST_PATH, GIT_CONFLICT(ours, theirs));
    put(root, "generated/main.tf", "hand\n"); // no side had changed it
    refuses(root, B, [`write/manifest-conflict ${MANIFEST_PATH}`, "write/foreign-file generated/main.tf"]);
  }),
);

for (const [name, text] of [
  ["no JSON", "{"],
  ["a list", "[]"],
  ["no files", "{}"],
  ["empty", ""],
] as const) {
  test(
    `a manifest that is ${name} is rebuilt and deletes nothing`,
    inFolder((root) => {
      writeFiles(root, A);
      put(root, MANIFEST_PATH, text);
      const outcome = writeFiles(root, { ...A, "helm:generated/new.yaml": "new\n" });
      assert.equal(found(outcome), [`write/manifest-invalid ${MANIFEST_PATH}`]);
      assert.equal(found(planFiles(root, { ...A, "helm:generated/new.yaml": "new\n" })), []);
    }),
  );
}

for (const path of [
  "../outside.txt",
  "/etc/hostname",
  "generated/../README.md",
  "README.md",
  "generated\\..\\README.md",
  "generated/./README.md",
  "generated//x",
  ".github/workflows/mine.yml",
  "generated/.git/config",
]) {
  test(
    `an entry of the manifest deletes nothing at ${path}`,
    inFolder((parent) => {
      const root = join(parent, "project");
      mkdirSync(root);
      put(parent, "outside.txt", "x");
      for (const file of [
        "README.md",
        ".github/workflows/mine.yml",
        "generated/.git/config",
        "generated\\..\\README.md",
      ])
        put(root, file, "x");
      writeFiles(root, A);
      const sha256 = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"; // of "x"
      const manifest = JSON.parse(textOf(root, MANIFEST_PATH));
      manifest.files[path] = { sha256, target: "helm" };
      put(root, MANIFEST_PATH, JSON.stringify(manifest));
      const before = readTree(parent);
      const outcome = writeFiles(root, A, { force: true });
      assert.equal(found(outcome), [`write/manifest-invalid ${MANIFEST_PATH}`]);
      assert.equal(
        { ...readTree(parent), [`project/${MANIFEST_PATH}`]: "" },
        { ...before, [`project/${MANIFEST_PATH}`]: "" },
      );
    }),
  );
}

// ---- one target

test(
  "--target writes that target's files alone and keeps the other entries",
  inFolder((root) => {
    writeFiles(root, A);
    const next: Files = { "helm:generated/web/values.yaml": "a: 2\n", "terraform:generated/main.tf": "a = 2\n" };
    const options = { only: "helm" };
    put(root, "generated/main.tf", "hand\n"); // another target's affair
    const outcome = writeFiles(root, next, options);
    assert.equal(paths(outcome), {
      create: [],
      change: ["generated/web/values.yaml"],
      delete: ["generated/old/x/y.yaml"],
      unchanged: 0,
      manifest: "change",
    });
    assert.equal(found(outcome), []);
    assert.is(textOf(root, "generated/main.tf"), "hand\n");
    const manifest = JSON.parse(textOf(root, MANIFEST_PATH));
    assert.equal(Object.keys(manifest.files), ["generated/main.tf", "generated/web/values.yaml", ""]);
    assert.ok(planFiles(root, next, options).clean);
    assert.not(planFiles(root, next).clean);
  }),
);

test(
  "--target on a tree whose other targets are up to date leaves a tree that is clean",
  inFolder((root) => {
    writeFiles(root, A);
    writeFiles(root, B, { only: "helm" });
    assert.ok(planFiles(root, B).clean);
  }),
);

test(
  "--target on an empty folder claims nothing that is not there",
  inFolder((root) => {
    writeFiles(root, A, { only: "terraform" });
    assert.equal(Object.keys(readTree(root)), ["generated/", "generated/main.tf", "generated/manifest.json"]);
    assert.equal(Object.keys(JSON.parse(textOf(root, MANIFEST_PATH)).files), ["generated/main.tf", ""]);
  }),
);

test(
  "a file that moves to another target is not deleted by the one that had it",
  inFolder((root) => {
    writeFiles(root, A);
    const moved: Files = { ...B, "terraform:generated/old/x/y.yaml": "new owner\n" };
    writeFiles(root, moved, { only: "helm" });
    assert.is(textOf(root, "generated/old/x/y.yaml"), "old\n");
    assert.equal(found(writeFiles(root, moved)), [], "it is still known as ours");
    assert.is(textOf(root, "generated/old/x/y.yaml"), "new owner\n");
  }),
);

// ---- paths

test(
  "a path outside the roots and a collision stop everything",
  inFolder((root) => {
    const refused = refuses(root, { "helm:README.md": "x", "helm:generated/a": "x", "x:generated/A": "y" }, [
      "write/outside-roots",
      "write/path-collision",
    ]);
    assert.equal(
      refused.diagnostics.map(({ at }) => at),
      ["sources.helm", "sources.x"],
    );
    refuses(root, { "x:generated/manifest.json": "{}" }, ["write/outside-roots"]);
    assert.equal(found(write(root, [...emitted(A), ...emitted(A).slice(0, 1)], OPTIONS)), ["write/path-collision"]);
  }),
);

test(
  "a file renamed in case alone survives where the disk does not tell case",
  inFolder((root) => {
    writeFiles(root, { "helm:generated/Web.yaml": "a\n" });
    const planned = paths(planFiles(root, { "helm:generated/web.yaml": "a\n" }));
    assert.equal([planned.create, planned.delete], [["generated/web.yaml"], ["generated/Web.yaml"]]);
    // Such a disk answers that the new name holds the right bytes already; still it has to be written after the
    // deletion.
    writeFileSync(join(root, "generated/web.yaml"), "a\n");
    assert.equal(paths(planFiles(root, { "helm:generated/web.yaml": "a\n" })).create, ["generated/web.yaml"]);
    writeFiles(root, { "helm:generated/web.yaml": "a\n" });
    assert.equal(Object.keys(readTree(join(root, "generated"))), ["manifest.json", "web.yaml"]);
  }),
);

// ---- the journal is no more trusted than the manifest

const shaOf = (text: string) => hash("sha256", text, "hex");

/** The journal that an interrupted run on the tree of A would leave, with one step to put "x" at a path. */
function putJournal(root: string, path: string, staged = "x"): void {
  const manifest = { before: shaOf(textOf(root, MANIFEST_PATH)), after: null };
  if (!path.includes("..")) put(root, `.eco-compile/staging/${path}`, staged);
  put(
    root,
    ".eco-compile/journal.json",
    JSON.stringify({ format_version: 1, manifest, steps: [{ path, target: "helm", before: null, after: shaOf("x") }] }),
  );
}

/** Lets the next run find a journal, and says what it found and left. */
function recoverFrom(
  root: string,
  path: string,
  staged?: string,
): { findings: string[]; tree: Record<string, string> } {
  writeFiles(root, A);
  putJournal(root, path, staged);
  assert.not(planFiles(root, A).clean, "with a journal nothing is clean");
  const findings = found(writeFiles(root, A));
  assert.ok(planFiles(root, A).clean);
  return { findings, tree: readTree(root) };
}

test(
  "a journal is carried out",
  inFolder((root) => {
    const { findings, tree } = recoverFrom(root, "generated/x");
    assert.equal(findings, [`write/recovered ${MANIFEST_PATH}`]);
    assert.is(tree["generated/x"], "x");
  }),
);

for (const path of ["x", "../x", ".github/workflows/mine.yml", "generated/../x"]) {
  test(
    `a journal puts nothing at ${path}`,
    inFolder((parent) => {
      const root = join(parent, "project");
      mkdirSync(root);
      const { tree } = recoverFrom(root, path);
      assert.equal(
        Object.keys(tree).filter((name) => name.includes("x") && !name.includes("old/")),
        [],
      );
      assert.equal(
        Object.keys(tree).filter((name) => name.startsWith(".github")),
        [],
      );
      assert.not(existsSync(join(parent, "x")));
    }),
  );
}

test(
  "a journal puts nothing behind a link",
  inFolder((root) => {
    const outside = newFolder();
    mkdirSync(join(root, "generated"));
    symlinkSync(outside, join(root, "generated/link"));
    recoverFrom(root, "generated/link/x");
    assert.equal(readTree(outside), {});
    rmSync(outside, { recursive: true });
  }),
);

test(
  "a journal takes nothing from behind a link",
  inFolder((root) => {
    const outside = newFolder();
    put(outside, "x", "x");
    writeFiles(root, A);
    const manifest = { before: shaOf(textOf(root, MANIFEST_PATH)), after: null };
    symlinkSync(outside, join(root, ".eco-compile/staging/generated"));
    put(
      root,
      ".eco-compile/journal.json",
      JSON.stringify({
        format_version: 1,
        manifest,
        steps: [{ path: "generated/x", target: "helm", before: null, after: shaOf("x") }],
      }),
    );
    assert.equal(found(writeFiles(root, A)), [`write/recovered ${MANIFEST_PATH}`]);
    assert.is(readTree(root)["generated/x"], undefined);
    assert.equal(readTree(outside), { x: "x" });
    rmSync(outside, { recursive: true });
  }),
);

test(
  "bytes that are not those of the journal are not put in place",
  inFolder((root) => {
    assert.is(recoverFrom(root, "generated/x", "torn").tree["generated/x"], undefined);
  }),
);

for (const text of [
  "",
  "{",
  "[]",
  '{"format_version":1}',
  '{"format_version":1,"manifest":{"before":1,"after":null},"steps":[]}',
  '{"format_version":1,"manifest":{"before":null,"after":null},"steps":[1]}',
]) {
  test(
    `a journal that is none is dropped: ${text}`,
    inFolder((root) => {
      writeFiles(root, A);
      put(root, ".eco-compile/journal.json", text);
      assert.not(planFiles(root, A).clean);
      assert.equal(found(writeFiles(root, A)), [`write/abandoned ${MANIFEST_PATH}`]);
      assert.ok(planFiles(root, A).clean);
    }),
  );
}

if (process.getuid?.() !== 0) {
  test(
    "a folder without permission is a finding",
    inFolder((root) => {
      writeFiles(root, A);
      chmodSync(join(root, "generated/web"), 0o500);
      assert.equal(found(writeFiles(root, B)), ["write/failed generated/web/values.yaml"]);
      chmodSync(join(root, "generated/web"), 0o700);
      writeFiles(root, B);
      assert.ok(planFiles(root, B).clean);
    }),
  );
}

test.run();
