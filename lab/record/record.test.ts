import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { temporaryFolder } from "../../test/support/tree.ts";
import { rememberGreen, unchanged } from "./green.ts";
import { SuiteInputs } from "./inputs.ts";
import { record, noteTool, notesIn, noteReads, type Row } from "./notes.ts";
import { judgedIn, pageOf } from "./page.ts";
import { changedIn, readRecord, readRecords, recordOf, removeOrphans, writeRecord } from "./record.ts";

const test = suite("lab: records");

const SUITE = "lab/conformance/helm/charts.lab.ts";
const ROW: Row = { consumer: "helm", version: "v3", judged: "charts", count: 2, level: "schema" };

/** A repository with one suite, its inputs, and a file that is none of them. */
function repository(): { root: string; write(path: string, text: string): void } {
  const root = temporaryFolder("records");
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write(SUITE, 'import "./charts.ts";\nimport "uvu";\nimport type { T } from "./types.ts";\n');
  write("lab/conformance/helm/charts.ts", "export {};\n");
  write("lab/conformance/helm/types.ts", "export type T = 1;\n");
  write("lab/conformance/helm/inputs.json", '{ "files": ["generated/**"] }\n');
  write("generated/values.yaml", "a: 1\n");
  write("README.md", "text\n");
  write(".gitignore", "*.log\nnode_modules/\n");
  write("node_modules/uvu/package.json", '{ "version": "0.5.6" }\n');
  execFileSync("git", ["init", "--quiet", root]);
  return { root, write };
}

const recordIn = (root: string, tools: readonly string[] = ["helm"]) =>
  recordOf({ suite: SUITE, commit: "0123456789", inputs: new SuiteInputs(root).of(SUITE, tools), tools }, [
    { row: { verdict: "passed", ...ROW }, files: ["generated/values.yaml"] },
  ]);

/** A change of the repository → which inputs of the suite are then others. */
const CHANGES: Readonly<Record<string, { files: Record<string, string>; changed: string[] }>> = {
  nothing: { files: {}, changed: [] },
  "the suite": { files: { [SUITE]: 'import "./charts.ts";\n' }, changed: ["sources"] },
  "what it imports": { files: { "lab/conformance/helm/charts.ts": "export const a = 1;\n" }, changed: ["sources"] },
  "a package that it imports": {
    files: { "node_modules/uvu/package.json": '{ "version": "0.5.7" }\n' },
    changed: ["sources"],
  },
  "a type that it imports": { files: { "lab/conformance/helm/types.ts": "export type T = 2;\n" }, changed: [] },
  "what it judges": { files: { "generated/values.yaml": "a: 2\n" }, changed: ["artifacts"] },
  "one more file that it judges": { files: { "generated/new.yaml": "a: 1\n" }, changed: ["artifacts"] },
  "a file that git ignores": { files: { "generated/new.log": "a: 1\n" }, changed: [] },
  "which files it judges": {
    files: { "lab/conformance/helm/inputs.json": '{ "files": [] }\n' },
    changed: ["artifacts"],
  },
  "another file": { files: { "README.md": "other\n" }, changed: [] },
};
for (const [what, { files, changed }] of Object.entries(CHANGES)) {
  test(`${what} changed: ${changed.join() || "the record holds"}`, () => {
    const { root, write } = repository();
    const before = recordIn(root);
    for (const [path, text] of Object.entries(files)) write(path, text);
    assert.equal(changedIn(before, new SuiteInputs(root).of(SUITE, before.tools)), changed);
  });
}

test("another tool is another input", () => {
  const { root } = repository();
  assert.equal(changedIn(recordIn(root), new SuiteInputs(root).of(SUITE, ["helm", "opa"])), ["tools"]);
  assert.equal(changedIn({ ...recordIn(root), inputs: undefined }, new SuiteInputs(root).of(SUITE, ["helm"])), [
    "sources",
    "artifacts",
    "tools",
  ]);
});

test("a change turns the record's rows on the page", () => {
  const { root, write } = repository();
  writeRecord(root, recordIn(root));
  assert.match(pageOf(judgedIn(root)), "| helm | v3 | charts | 2 | schema | passed |");
  write("generated/values.yaml", "a: 2\n");
  assert.match(pageOf(judgedIn(root)), "| helm | v3 | charts | 2 | schema | not run since 0123456789 |");
});

test("what is read and no input is told, in a folder as well", () => {
  const { root } = repository();
  const inputs = new SuiteInputs(root);
  const inside = [
    SUITE,
    "lab/conformance/helm/charts.ts",
    "generated/values.yaml",
    "generated",
    "node_modules/uvu/package.json",
  ];
  assert.equal(inputs.missed(SUITE, inside), []);
  assert.equal(inputs.missed(SUITE, ["README.md", "lab", "generated"]), ["README.md", "lab"]);
});

test("a record is written where it says something else, and goes with its suite", () => {
  const { root, write } = repository();
  const first = recordIn(root);
  writeRecord(root, first);
  assert.equal(readRecord(root, SUITE), first);
  const file = join(root, "lab/records/helm/charts.json");
  const { mtimeMs } = statSync(file);
  writeRecord(root, { ...first, commit: "another" });
  assert.is(statSync(file).mtimeMs, mtimeMs, "of the same inputs with the same result");
  write("generated/values.yaml", "a: 2\n");
  writeRecord(root, { ...recordIn(root), commit: "another" });
  assert.is(readRecords(root)[0]!.commit, "another");
  assert.ok(readFileSync(file, "utf8").endsWith("}\n"));
  rmSync(join(root, SUITE));
  removeOrphans(root);
  assert.is(existsSync(file), false);
});

test("a green run is remembered by the machine until an input changes", () => {
  const before = process.env["ECO_LAB_CACHE"];
  process.env["ECO_LAB_CACHE"] = temporaryFolder("cache");
  try {
    const { root, write } = repository();
    assert.is(unchanged(SUITE, new SuiteInputs(root)), undefined);
    rememberGreen(recordIn(root), { passed: 3, seconds: 12 });
    assert.equal(unchanged(SUITE, new SuiteInputs(root))?.record, recordIn(root));
    write("generated/values.yaml", "a: 2\n");
    assert.is(unchanged(SUITE, new SuiteInputs(root)), undefined);
  } finally {
    if (before === undefined) delete process.env["ECO_LAB_CACHE"];
    else process.env["ECO_LAB_CACHE"] = before;
  }
});

test("what a suite's processes note is read back, each once; without a runner nothing is noted", () => {
  const folder = temporaryFolder("notes");
  record(ROW, ["ignored"]);
  process.env["ECO_LAB_NOTES"] = folder;
  try {
    record(ROW, ["generated/a.yaml", "generated/a.yaml"]);
    noteTool("helm");
    noteTool("helm");
    noteReads(["generated/b.yaml"]);
  } finally {
    delete process.env["ECO_LAB_NOTES"];
  }
  assert.equal(notesIn(folder), {
    recorded: [{ row: { ...ROW, verdict: "passed" }, files: ["generated/a.yaml"] }],
    tools: ["helm"],
    reads: ["generated/b.yaml"],
  });
  assert.equal(notesIn(join(folder, "none")), { recorded: [], tools: [], reads: [] });
});

test.run();
