import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { tsImport } from "tsx/esm/api";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { SourceCopy } from "../../test/support/source-copy.ts";
import { readTree, temporaryFolder } from "../../test/support/tree.ts";
import { compiledFor } from "../conformance/argo-rollouts/compiled.ts";
import { dueObjects } from "../conformance/chaos-mesh/due.ts";
import { notesIn } from "../record/notes.ts";
import { digestOf } from "./digest.ts";
import { editedOutput, digestsOf, outputOf, topologyOf } from "./index.ts";
import { LOCK, Project } from "./project.ts";
import type { Answer, Edit, Question } from "./questions.ts";

const test = suite("lab: what the compiler answers");

test("a digest is that of the data: no order of keys or files counts, and every byte does", () => {
  const answer = (topology: Record<string, unknown>, files: readonly (readonly [string, string])[]): Answer => ({
    topology,
    files: new Map(files.map(([path, text]) => [path, Buffer.from(text)])),
  });
  const data = fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true });
  const files = fc.uniqueArray(fc.tuple(fc.string(), fc.string()), { selector: ([path]) => path });
  const reversed = (object: Record<string, unknown>) => Object.fromEntries(Object.entries(object).reverse());
  fc.assert(
    fc.property(data, files, (topology, some) => {
      const digest = digestOf(answer(topology, some));
      assert.is(digestOf(answer(reversed(topology), [...some].reverse())), digest);
      assert.is.not(digestOf(answer({ ...topology, "one more": 1 }, some)), digest);
      for (const [path, text] of some) {
        const others = some.filter((file) => file[0] !== path);
        assert.is.not(digestOf(answer(topology, others)), digest);
        assert.is.not(digestOf(answer(topology, [...others, [path, `${text} `]])), digest);
      }
    }),
  );
  const moved = (a: string, b: string) => digestOf(answer({}, Object.entries({ a, b })));
  assert.is.not(moved("xy", ""), moved("x", "y"));
});

test("the compiler writes what is committed into a copy that nobody has edited", async () => {
  const files = await editedOutput([]);
  const committed = readTree(join(PACKAGE_ROOT, "generated"));
  assert.equal([...files.keys()].sort(), [...[...committed.keys()].map((file) => `generated/${file}`), LOCK].sort());
  for (const [file, bytes] of files) assert.ok(readFileSync(join(PACKAGE_ROOT, file)).equals(bytes), file);
});

test("edits of people reach what is written, one after the other", async () => {
  const IMAGES = "ecosystem.images.json";
  const digest = `sha256:${"5".repeat(64)}`;
  const edits: readonly Edit[] = [
    { file: IMAGES, text: readFileSync(join(PACKAGE_ROOT, IMAGES), "utf8").replace("{", "{\n") },
    { image: "nobody", environment: "staging", digest },
    { withoutImages: "nobody" },
    { image: "storefront", environment: "staging", digest },
    { file: "ecosystem.config.ts", from: 'pause: "5m"', to: 'pause: "7m"' },
  ];
  const files = await editedOutput(edits);
  const text = (file: string) => Buffer.from(files.get(file)!).toString();
  const service = "generated/clusters/cluster-paris/services/storefront";
  assert.match(text(`${service}/values.yaml`), digest);
  assert.match(text(`${service}/manifests/rollout.yaml`), 'duration: "420s"');
});

test("edits are kept, in order, and a text that is to be replaced stands there once", () => {
  const folder = temporaryFolder("project");
  writeFileSync(join(folder, "ecosystem.images.json"), "{}");
  writeFileSync(join(folder, "config"), "a b a");
  const project = new Project(folder);
  assert.throws(() => project.apply({ file: "config", from: "a", to: "c" }), 'config has "a" not once');
  assert.throws(() => project.apply({ file: "config", from: "d", to: "c" }), 'config has "d" not once');
  const edits: readonly Edit[] = [
    { file: "config", from: "b", to: "$&" },
    { image: "web", environment: "staging", digest: "one" },
    { image: "web", environment: "production", digest: "two" },
    { image: "api", environment: "staging", digest: "three" },
    { withoutImages: "api" },
  ];
  for (const edit of edits) project.apply(edit);
  assert.is(project.read("config"), "a $& a");
  assert.equal(JSON.parse(project.read("ecosystem.images.json")), { web: { staging: "one", production: "two" } });
  assert.equal(project.edits, edits);
});

test("only the files that are asked for are answered, and what the compiler refuses is told", async () => {
  const { files } = await outputOf("", { views: [], files: /\/services\/storefront\/values\.yaml$/ });
  assert.ok(files.size > 0 && [...files.keys()].every((file) => file.endsWith("/services/storefront/values.yaml")));
  const refused = await topologyOf("no/such/folder", ["clusters"]).catch((error: Error) => error.message);
  assert.match(String(refused), /^load\/config-missing at /);
  assert.match((await digestsOf([{ ask: "output", project: "no/such/folder", views: [] }]))[0]!, /^none: load\//);
});

/** What some suites ask, by the functions by which they do. */
async function questionsOf(asking: () => Promise<unknown>): Promise<Question[]> {
  const folder = temporaryFolder("asked");
  process.env["ECO_LAB_NOTES"] = folder;
  try {
    await asking();
  } finally {
    delete process.env["ECO_LAB_NOTES"];
  }
  return notesIn(folder).asked.map(({ question }) => question as Question);
}

const SCENARIOS = new URL("../conformance/argo-rollouts/with-scenarios.ts", import.meta.url);

test("a project has one name, wherever the repository lies", async () => {
  const asked = await questionsOf(async () => {
    for (const project of ["", PACKAGE_ROOT, join(PACKAGE_ROOT, "examples/.."), "examples/../"])
      await topologyOf(project, ["repository"]);
    await topologyOf("/no/such/folder", ["repository"]).catch(() => undefined);
  });
  assert.equal(
    asked.map((question) => question.ask === "output" && question.project),
    ["", "/no/such/folder"],
  );
});

/** An edit of the compiler → the suites that have to run again. */
const EDITS: Readonly<Record<string, { file: string; from: string; to: string; again: readonly string[] }>> = {
  "other words for the same": {
    file: "compiler/targets/chaos-mesh/schedule.ts",
    from: "historyLimit: 3,",
    to: 'historyLimit: Number("3"),',
    again: [],
  },
  "an experiment's field": {
    file: "compiler/targets/chaos-mesh/schedule.ts",
    from: 'historyLimit: Number("3"),',
    to: "historyLimit: 4,",
    again: ["chaos-mesh"],
  },
  "an analysis' field": {
    file: "compiler/targets/argo-rollouts/analysis.ts",
    from: "consecutiveErrorLimit: Math.ceil(",
    to: "consecutiveErrorLimit: 1 + Math.ceil(",
    again: ["argo-rollouts"],
  },
  "what a cloud leaves to pods": {
    file: "compiler/facts/capacity.ts",
    from: "100 * MIB",
    to: "101 * MIB",
    again: ["argo-rollouts", "kube-apiserver"],
  },
};

test("an edit of the compiler turns the suites whose answers it changes, and no other", async () => {
  const asked = {
    "argo-rollouts": await questionsOf(() => compiledFor("", SCENARIOS)),
    "chaos-mesh": await questionsOf(() => dueObjects("", "cluster-paris", new Date())),
    "kube-apiserver": await questionsOf(() => topologyOf("", ["clusters", "addons"])),
  };
  const all = Object.entries(asked).flatMap(([name, questions]) => questions.map((question) => ({ name, question })));
  assert.is(all.length, 3);
  const copy = new SourceCopy();
  try {
    const path = join(copy.folder, "lab/compiled/index.ts");
    const door = (await tsImport(path, import.meta.url)) as { digestsOf: typeof digestsOf };
    let before = await door.digestsOf(all.map(({ question }) => question));
    for (const [what, { file, from, to, again }] of Object.entries(EDITS)) {
      copy.change(file, from, to);
      const now = await door.digestsOf(all.map(({ question }) => question));
      const turned = all.filter((_, index) => now[index] !== before[index]).map(({ name }) => name);
      assert.equal([...new Set(turned)], again, what);
      before = now;
    }
  } finally {
    copy.remove();
  }
});

test.run();
