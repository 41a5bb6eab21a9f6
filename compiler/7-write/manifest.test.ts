import { suite } from "uvu";
import * as assert from "uvu/assert";
import { formatManifest, readManifest, type Manifest } from "./manifest.ts";

const test = suite("manifest");

const sha = (digit: string) => digit.repeat(64);
const MANIFEST: Manifest = {
  generator: { name: "eco-compile", version: "1.2.3" },
  folders: new Map([
    ["generated/terraform/gcp", "terraform"],
    ["generated/clusters/a/argocd", "manifest-tree"],
  ]),
  files: new Map([
    ["generated/b.yaml", { hashes: [sha("b")], target: "helm" }],
    ["generated/Z.yaml", { hashes: [sha("c")], target: "opa" }],
    ["generated/a.yaml", { hashes: [sha("a")], target: "helm" }],
  ]),
};

const entry = (path: string, digit: string, target = "helm") =>
  `    "generated/${path}": {"sha256":"${sha(digit)}","target":"${target}"},`;

const TEXT = `{
  "format_version": 3,
  "generator": {"name":"eco-compile","version":"1.2.3"},
  "folders": {
    "generated/clusters/a/argocd": "manifest-tree",
    "generated/terraform/gcp": "terraform",
    "": "end"
  },
  "files": {
${entry("Z.yaml", "c", "opa")}
${entry("a.yaml", "a")}
${entry("b.yaml", "b")}
    "": "end"
  }
}
`;

test("one line per file and folder, sorted by code unit whatever the order given", () =>
  assert.is(formatManifest(MANIFEST), TEXT));

test("it is JSON", () =>
  assert.equal(Object.keys((JSON.parse(TEXT) as { files: object }).files), [
    "generated/Z.yaml",
    "generated/a.yaml",
    "generated/b.yaml",
    "",
  ]));

const LAYOUTS: readonly [name: string, text: string][] = [
  ["as it is written", TEXT],
  ["with the line ends of Windows", TEXT.replaceAll("\n", "\r\n")],
  ["laid out by something else", JSON.stringify(JSON.parse(TEXT), null, 4)],
  ["on one line", JSON.stringify(JSON.parse(TEXT))],
  [
    "with a comma that a merge left out",
    TEXT.replace(`${entry("a.yaml", "a")}\n`, `${entry("a.yaml", "a").slice(0, -1)}\n`),
  ],
  [
    "with a line that a merge repeated",
    TEXT.replace(entry("a.yaml", "a"), `${entry("a.yaml", "a")}\n${entry("a.yaml", "a")}`),
  ],
  [
    "in another order",
    TEXT.replace(`${entry("a.yaml", "a")}\n`, "").replace(
      entry("Z.yaml", "c", "opa"),
      `${entry("a.yaml", "a")}\n${entry("Z.yaml", "c", "opa")}`,
    ),
  ],
];
for (const [name, text] of LAYOUTS) {
  test(`reads a manifest ${name}`, () => {
    const { state, manifest, problem } = readManifest(text);
    assert.equal([state, problem], ["valid", undefined]);
    assert.is(formatManifest(manifest!), TEXT);
  });
}

test("reads the first format, whose files had sources and whose tree had a digest", () => {
  const text = `{
  "format_version": 1,
  "generator": {"name":"eco-compile","version":"0.1.0"},
  "inputs_digest": "${sha("d")}",
  "files": {
    "generated/a.yaml": {"sha256":"${sha("a")}","target":"helm","sources":["services.a","labels[\\"a.b/c\\"]"]}
  }
}
`;
  const { state, manifest, problem } = readManifest(text);
  assert.equal([state, problem, manifest!.generator.version, manifest!.folders.size], ["valid", undefined, "0.1.0", 0]);
  assert.equal([...manifest!.files], [["generated/a.yaml", { target: "helm", hashes: [sha("a")] }]]);
});

test("no files", () => {
  const text = formatManifest({ ...MANIFEST, folders: new Map(), files: new Map() });
  assert.equal(JSON.parse(text), {
    format_version: 3,
    generator: MANIFEST.generator,
    folders: { "": "end" },
    files: { "": "end" },
  });
  assert.equal(readManifest(text).manifest!.files.size, 0);
});

test("a merge that kept both sides of a line leaves the hashes of both", () => {
  const { state, manifest } = readManifest(
    TEXT.replace(entry("a.yaml", "a"), `${entry("a.yaml", "a")}\n${entry("a.yaml", "e")}`),
  );
  assert.is(state, "valid");
  assert.equal(manifest!.files.get("generated/a.yaml"), { target: "helm", hashes: [sha("a"), sha("e")] });
});

test("a merge conflict is recognised, and the hashes of both sides are known", () => {
  const conflicted = TEXT.replace(
    entry("a.yaml", "a"),
    `<<<<<<< HEAD\n${entry("a.yaml", "a")}\n||||||| base\n=======\n${entry("a.yaml", "e")}\n>>>>>>> other`,
  );
  const { state, manifest, conflicting } = readManifest(conflicted);
  assert.equal([state, manifest], ["conflicted", undefined]);
  assert.equal(
    [...conflicting].map(([path, { hashes }]) => [path, hashes]),
    [
      ["generated/Z.yaml", [sha("c")]],
      ["generated/a.yaml", [sha("a"), sha("e")]],
      ["generated/b.yaml", [sha("b")]],
    ],
  );
});

test("a newer format is told from what is no manifest", () => {
  assert.equal(
    readManifest(TEXT.replace('"format_version": 3', '"format_version": 4')).manifest!.generator.version,
    "1.2.3",
  );
  assert.is(readManifest(TEXT.replace('  "format_version": 3,\n', "")).problem, "it has no format_version");
  for (const text of ["", "{", "[]", "{}", "null", "text", TEXT.slice(0, 200)])
    assert.equal([readManifest(text).state, readManifest(text).manifest], ["invalid", undefined], JSON.stringify(text));
});

const MALFORMED: readonly [name: string, entry: unknown][] = [
  ["another text", "x"],
  ["a list", []],
  ["a short hash", { sha256: "ab", target: "helm" }],
  ["no target", { sha256: sha("a") }],
  ["a target that is no text", { sha256: sha("a"), target: 1 }],
];

for (const [name, entry] of MALFORMED) {
  for (const space of [undefined, 2]) {
    test(`ignores an entry that is ${name} and says so (${space === undefined ? "one line" : "laid out"})`, () => {
      const text = JSON.stringify(
        { format_version: 2, files: { "generated/x": entry, "generated/y": { sha256: sha("a"), target: "t" } } },
        null,
        space,
      );
      const { manifest, problem } = readManifest(text);
      assert.equal([...manifest!.files.keys()], ["generated/y"]);
      assert.match(problem!, /generated\/x.*malformed/);
    });
  }
}

test("an entry named __proto__ is an entry", () => {
  const { manifest, problem } = readManifest(
    `{"format_version":2,"files":{"__proto__":{"sha256":"${sha("a")}","target":"t"}}}`,
  );
  assert.is(manifest!.files.size, 0);
  assert.match(problem!, "__proto__");
});

test.run();
