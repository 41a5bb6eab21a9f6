import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { temporaryFolder } from "../../test/support/tree.ts";
import { rememberGreen, unchanged } from "./green.ts";
import type { Question } from "../compiled/questions.ts";
import { SuiteInputs } from "./inputs.ts";
import { record, noteAsked, noteTool, notesIn, noteReads, type Row } from "./notes.ts";
import { judgedIn, pageOf } from "./page.ts";
import { changedIn, readRecord, readRecords, recordOf, removeOrphans, writeRecord } from "./record.ts";

const test = suite("lab: records");

const SUITE = "lab/conformance/helm/charts.lab.ts";
const ROW: Row = { consumer: "helm", version: "v3", judged: "charts", count: 2, level: "schema" };

const ASKING = 'import "../../compiled/index.ts";\n';

/** A repository with one suite, its inputs, and a file that is none of them. */
function repository(): { root: string; write(path: string, text: string): void } {
  const root = temporaryFolder("records");
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write(SUITE, `import "./charts.ts";\nimport "uvu";\nimport type { T } from "./types.ts";\n${ASKING}`);
  write("lab/compiled/index.ts", 'new URL("./answering.ts", import.meta.url);\n');
  write("lab/compiled/answering.ts", 'import "./answer.ts";\n');
  write("lab/compiled/answer.ts", 'import "../../compiler/compile.ts";\n');
  write("compiler/compile.ts", "export {};\n");
  write("lab/conformance/helm/charts.ts", "export {};\n");
  write("lab/conformance/helm/types.ts", "export type T = 1;\n");
  write("lab/conformance/helm/inputs.json", '{ "charts.ts": ["generated/**"], "other.lab.ts": ["README.md"] }\n');
  write("lab/conformance/helm/other.lab.ts", "");
  write("generated/values.yaml", "a: 1\n");
  write("README.md", "text\n");
  write(".gitignore", "*.log\nnode_modules/\n");
  write("node_modules/uvu/package.json", '{ "version": "0.5.6" }\n');
  execFileSync("git", ["init", "--quiet", root]);
  return { root, write };
}

async function recordIn(root: string, questions: readonly Question[] = [], answers = NO_ANSWERS) {
  const askedFor = { tools: ["helm"], questions };
  const inputs = await new SuiteInputs(root, answers).of(SUITE, askedFor);
  return recordOf({ suite: SUITE, commit: "0123456789", inputs, ...askedFor }, [
    { row: { verdict: "passed", ...ROW }, files: ["generated/values.yaml"] },
  ]);
}

const NO_ANSWERS = async (questions: readonly Question[]): Promise<string[]> => questions.map(() => "none");

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
    files: { "lab/conformance/helm/inputs.json": "{}\n" },
    changed: ["artifacts"],
  },
  "what another suite of its folder reads": { files: { "README.md": "other\n" }, changed: [] },
  "the compiler, behind its door": { files: { "compiler/compile.ts": "export const a = 1;\n" }, changed: [] },
  "the door itself": { files: { "lab/compiled/answer.ts": "export {};\n" }, changed: [] },
  "a file of the compiler that it imports as well": {
    files: {
      "lab/conformance/helm/charts.ts": 'import "../../../compiler/compile.ts";\n',
      "compiler/compile.ts": "export const a = 1;\n",
    },
    changed: ["sources"],
  },
  "another file": { files: { "CHANGELOG.md": "other\n" }, changed: [] },
};
for (const [what, { files, changed }] of Object.entries(CHANGES)) {
  test(`${what} changed: ${changed.join() || "the record holds"}`, async () => {
    const { root, write } = repository();
    const before = await recordIn(root);
    for (const [path, text] of Object.entries(files)) write(path, text);
    assert.equal(changedIn(before, await new SuiteInputs(root, NO_ANSWERS).of(SUITE, before)), changed);
  });
}

test("another tool is another input", async () => {
  const { root } = repository();
  const record = await recordIn(root);
  const now = (tools: readonly string[]) => new SuiteInputs(root).of(SUITE, { tools, questions: [] });
  assert.equal(changedIn(record, await now(["helm", "opa"])), ["tools"]);
  assert.equal(changedIn({ ...record, inputs: undefined }, await now(["helm"])), [
    "sources",
    "artifacts",
    "compiled",
    "tools",
  ]);
});

const QUESTIONS: readonly Question[] = [
  { ask: "output", project: "", views: ["clusters"] },
  { ask: "init", folders: ["."] },
];
/** The compiler as far as a suite knows it: an answer for each kind of question. */
const compilerOf =
  (answers: Readonly<Record<string, string>>) =>
  async (questions: readonly Question[]): Promise<string[]> =>
    questions.map(({ ask }) => answers[ask]!);

test("another answer of the compiler is another input; one to what the suite did not ask is none", async () => {
  const { root } = repository();
  const before = await recordIn(root, QUESTIONS, compilerOf({ output: "a", init: "b", edited: "c" }));
  const changed = async (answers: Readonly<Record<string, string>>) =>
    changedIn(before, await new SuiteInputs(root, compilerOf(answers)).of(SUITE, before));
  assert.equal(await changed({ output: "a", init: "b", edited: "another" }), []);
  assert.equal(await changed({ output: "another", init: "b", edited: "c" }), ["compiled"]);
  assert.equal(await changed({ output: "b", init: "a", edited: "c" }), ["compiled"], "each to its question");
  const inputs = new SuiteInputs(root, compilerOf({ output: "a", init: "b" }));
  assert.equal(changedIn(before, await inputs.of(SUITE, { ...before, questions: QUESTIONS.slice(1) })), ["compiled"]);
  assert.equal(changedIn(before, await inputs.of(SUITE, { ...before, questions: [...QUESTIONS].reverse() })), []);
});

test("what the compiler answers otherwise when it is asked again is told", async () => {
  const inputs = new SuiteInputs(repository().root, compilerOf({ output: "a", init: "b" }));
  const [output, init] = QUESTIONS as [Question, Question];
  assert.equal(await inputs.unsteady([{ question: output, digest: "a" }]), []);
  assert.equal(
    await inputs.unsteady([
      { question: output, digest: "a" },
      { question: init, digest: "a" },
    ]),
    [init],
  );
});

test("a record from before there were questions is read, and is not of today", async () => {
  const { root, write } = repository();
  const { questions: _, inputs, ...old } = await recordIn(root);
  const { compiled: __, ...taken } = inputs!;
  write("lab/records/helm/charts.json", JSON.stringify({ ...old, inputs: taken }));
  assert.equal(readRecord(root, SUITE)!.questions, []);
  assert.equal(
    (await judgedIn(root)).map(({ isStale }) => isStale),
    [true],
  );
});

test("an inputs.json that names a file that is not beside it is refused", async () => {
  const { root, write } = repository();
  write("lab/conformance/helm/inputs.json", '{ "chart.ts": ["generated/**"] }\n');
  const refused = await recordIn(root).catch((error: Error) => error.message);
  assert.is(refused, "lab/conformance/helm/inputs.json names chart.ts, which is not there");
});

test("a change turns the record's rows on the page", async () => {
  const { root, write } = repository();
  writeRecord(root, await recordIn(root));
  assert.match(pageOf(await judgedIn(root)), "| helm | v3 | charts | 2 | schema | passed |");
  write("generated/values.yaml", "a: 2\n");
  assert.match(pageOf(await judgedIn(root)), "| helm | v3 | charts | 2 | schema | not run since 0123456789 |");
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

test("a record is written where it says something else, and goes with its suite", async () => {
  const { root, write } = repository();
  const first = await recordIn(root);
  writeRecord(root, first);
  assert.equal(readRecord(root, SUITE), first);
  const file = join(root, "lab/records/helm/charts.json");
  const { mtimeMs } = statSync(file);
  writeRecord(root, { ...first, commit: "another" });
  assert.is(statSync(file).mtimeMs, mtimeMs, "of the same inputs with the same result");
  write("generated/values.yaml", "a: 2\n");
  writeRecord(root, { ...(await recordIn(root)), commit: "another" });
  assert.is(readRecords(root)[0]!.commit, "another");
  assert.ok(readFileSync(file, "utf8").endsWith("}\n"));
  rmSync(join(root, SUITE));
  removeOrphans(root);
  assert.is(existsSync(file), false);
});

test("a green run is remembered by the machine until an input changes", async () => {
  const before = process.env["ECO_LAB_CACHE"];
  process.env["ECO_LAB_CACHE"] = temporaryFolder("cache");
  try {
    const { root, write } = repository();
    assert.is(await unchanged(SUITE, new SuiteInputs(root)), undefined);
    rememberGreen(await recordIn(root), { passed: 3, seconds: 12 });
    assert.equal((await unchanged(SUITE, new SuiteInputs(root)))?.record, await recordIn(root));
    write("generated/values.yaml", "a: 2\n");
    assert.is(await unchanged(SUITE, new SuiteInputs(root)), undefined);
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
    noteAsked(QUESTIONS[0]!, "a");
    noteAsked(QUESTIONS[0]!, "a");
    noteReads(["generated/b.yaml"]);
  } finally {
    delete process.env["ECO_LAB_NOTES"];
  }
  assert.equal(notesIn(folder), {
    recorded: [{ row: { ...ROW, verdict: "passed" }, files: ["generated/a.yaml"] }],
    tools: ["helm"],
    asked: [{ question: QUESTIONS[0]!, digest: "a" }],
    reads: ["generated/b.yaml"],
  });
  assert.equal(notesIn(join(folder, "none")), { recorded: [], tools: [], asked: [], reads: [] });
});

test.run();
