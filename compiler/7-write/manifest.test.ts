import { suite } from "uvu";
import * as assert from "uvu/assert";
import { formatManifest, readManifest, type Manifest } from "./manifest.ts";

const test = suite("manifest");

const sha = (digit: string) => digit.repeat(64);
const MANIFEST: Manifest = {
  generator: { name: "eco-compile", version: "1.2.3" },
  inputsDigest: sha("d"),
  files: new Map([
    ["generated/b.yaml", { sha256: sha("b"), target: "helm", sources: ["services.b", 'labels["a.b/c"]'] }],
    ["generated/Z.yaml", { sha256: sha("c"), target: "opa", sources: [] }],
    ["generated/a.yaml", { sha256: sha("a"), target: "helm", sources: ["services.a"] }],
  ]),
};

const TEXT = `{
  "format_version": 1,
  "generator": {"name":"eco-compile","version":"1.2.3"},
  "inputs_digest": "${sha("d")}",
  "files": {
    "generated/Z.yaml": {"sha256":"${sha("c")}","target":"opa","sources":[]},
    "generated/a.yaml": {"sha256":"${sha("a")}","target":"helm","sources":["services.a"]},
    "generated/b.yaml": {"sha256":"${sha("b")}","target":"helm","sources":["services.b","labels[\\"a.b/c\\"]"]}
  }
}
`;

test("one line per file, sorted by code unit whatever the order given", () => assert.is(formatManifest(MANIFEST), TEXT));

test("reads what it writes", () => {
  const { state, manifest, problem } = readManifest(TEXT);
  assert.equal([state, problem], ["valid", undefined]);
  assert.is(formatManifest(manifest!), TEXT);
});

test("no files", () => {
  const text = formatManifest({ ...MANIFEST, inputsDigest: null, files: new Map() });
  assert.equal(JSON.parse(text), { format_version: 1, generator: MANIFEST.generator, inputs_digest: null, files: {} });
});

test("a merge conflict is recognised, and the hashes of both sides are known", () => {
  const changed = TEXT.replace(sha("a"), sha("e"));
  const line = (text: string) => text.split("\n").find((candidate) => candidate.includes("a.yaml"))!;
  const conflicted = TEXT.replace(line(TEXT), `<<<<<<< HEAD\n${line(TEXT)}\n||||||| base\n=======\n${line(changed)}\n>>>>>>> other`);
  const { state, manifest, conflicting } = readManifest(conflicted);
  assert.equal([state, manifest], ["conflicted", undefined]);
  assert.equal([...conflicting], [["generated/Z.yaml", [sha("c")]], ["generated/a.yaml", [sha("a"), sha("e")]], ["generated/b.yaml", [sha("b")]]]);
});

const MALFORMED: readonly [name: string, entry: unknown][] = [
  ["no object", "x"],
  ["a short hash", { sha256: "ab", target: "helm", sources: [] }],
  ["no target", { sha256: sha("a"), sources: [] }],
  ["sources that are no list", { sha256: sha("a"), target: "helm", sources: "x" }],
  ["a source that is no text", { sha256: sha("a"), target: "helm", sources: [1] }],
];

for (const [name, entry] of MALFORMED) {
  test(`ignores an entry with ${name} and says so`, () => {
    const text = JSON.stringify({ format_version: 1, files: { "generated/x": entry, "generated/y": { sha256: sha("a"), target: "t", sources: [] } } });
    const { manifest, problem } = readManifest(text);
    assert.equal([...manifest!.files.keys()], ["generated/y"]);
    assert.match(problem!, /generated\/x.*malformed/);
  });
}

test("an entry named __proto__ is an entry", () => {
  const { manifest, problem } = readManifest(`{"format_version":1,"files":{"__proto__":{"sha256":"${sha("a")}","target":"t","sources":[]}}}`);
  assert.is(manifest!.files.size, 0);
  assert.match(problem!, "__proto__");
});

test.run();
