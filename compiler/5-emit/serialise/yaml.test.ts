import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import * as jsYaml from "js-yaml";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse, parseAllDocuments } from "yaml";
import { findTool } from "../../../lab/toolchain/index.ts";
import { saySkipped } from "../../../test/support/run-files.ts";
import { consumer } from "../../../lab/toolchain/consumer.ts";
import { HOSTILE_STRINGS } from "./test/hostile-strings.ts";
import { yaml as yamlStream } from "./yaml.ts";

const test = suite("yaml");

const yaml = (value: unknown): string => yamlStream([value]);

// ---- what it looks like

const LOOKS: readonly [value: unknown, text: string][] = [
  [{}, "{}\n"],
  [[], "[]\n"],
  ["a", "a\n"],
  ["a\nb\n", "|\n  a\n  b\n"],
  [null, "null\n"],
  [{ a: {}, b: [], c: null, d: true, e: false }, "a: {}\nb: []\nc: null\nd: true\ne: false\n"],
  [{ a: { b: { c: 1 } } }, "a:\n  b:\n    c: 1\n"],
  [{ list: [1, "two", { three: 3, four: [4] }] }, "list:\n  - 1\n  - two\n  - three: 3\n    four:\n      - 4\n"],
  [[[1, 2], [[3]], []], "- - 1\n  - 2\n- - - 3\n- []\n"],
  [{ b: 1, a: 2 }, "b: 1\na: 2\n"],
  [
    { numbers: [0, -0, -1, 0.5, 1e21, 1e-7, 1.5e300] },
    "numbers:\n  - 0\n  - 0\n  - -1\n  - 0.5\n  - 1.0e+21\n  - 1.0e-7\n  - 1.5e+300\n",
  ],
  [{ on: "on", "app.kubernetes.io/name": "x", "80": "80" }, '"80": "80"\n"on": "on"\napp.kubernetes.io/name: x\n'],
  [
    { image: "nginx:1.27", path: "/healthz", args: ["--port=80", "a: b"] },
    'image: nginx:1.27\npath: /healthz\nargs:\n  - "--port=80"\n  - "a: b"\n',
  ],
  [
    { rego: "package x\n\n\tdeny\n", query: "sum(a)\n/\nsum(b)" },
    "rego: |\n  package x\n\n  \tdeny\nquery: |-\n  sum(a)\n  /\n  sum(b)\n",
  ],
  [{ a: [{ b: "x\ny\n" }, "x\ny"] }, "a:\n  - b: |\n      x\n      y\n  - |-\n    x\n    y\n"],
  [{ a: "x \ny", b: " x\ny", c: "x\n\n", d: "x\ry\n" }, 'a: "x \\ny"\nb: " x\\ny"\nc: "x\\n\\n"\nd: "x\\ry\\n"\n'],
  [{ a: "\x7f\x85\xa0\u2028\u202e\ufeff\u{1f600}" }, 'a: "\\u007f\\u0085\\u00a0\\u2028\\u202e\\ufeff\u{1f600}"\n'],
  [{ ["k".repeat(300)]: { a: 1 } }, `? "${"k".repeat(300)}"\n:\n  a: 1\n`],
];

for (const [value, text] of LOOKS)
  test(`looks: ${JSON.stringify(value).slice(0, 60)}`, () => assert.is(yaml(value), text));

test("several documents are one stream", () => {
  const text = yamlStream([{ a: 1 }, { b: 2 }]);
  assert.is(text, "a: 1\n---\nb: 2\n");
  assert.equal(
    parseAllDocuments(text).map((document) => document.toJS()),
    [{ a: 1 }, { b: 2 }],
  );
});

test("objects of another realm and without a prototype are plain", () => {
  assert.is(yaml(Object.assign(Object.create(null), { a: 1 })), "a: 1\n");
});

// ---- what it refuses

const REFUSED: readonly [value: unknown, message: string][] = [
  [undefined, "YAML cannot hold undefined"],
  [{ a: [{ b: undefined }] }, "YAML cannot hold undefined at a[0].b"],
  [{ a: NaN }, "YAML cannot hold NaN at a"],
  [[Infinity], "YAML cannot hold Infinity at [0]"],
  [{ f: () => 1 }, "YAML cannot hold a function at f"],
  [{ n: 1n }, "YAML cannot hold a bigint at n"],
  [{ d: new Date(0) }, "YAML cannot hold a Date at d"],
  [{ m: new Map() }, "YAML cannot hold a Map at m"],
  [{ s: "\ud800" }, "YAML cannot hold a lone surrogate at s"],
  [{ s: "a\n\udc00\n" }, "YAML cannot hold a lone surrogate at s"],
  [{ "\ud800": 1 }, "YAML cannot hold a lone surrogate in a key"],
  [[, 1], "YAML cannot hold undefined at [0]"],
];

for (const [value, message] of REFUSED) {
  test(`refuses: ${message}`, () =>
    assert.throws(
      () => yaml(value),
      (error: Error) => error instanceof TypeError && error.message === message,
    ));
}

// ---- what parsers make of it

/** A string in every place where one can stand. */
const everywhere = (text: string): unknown => ({
  value: text,
  [text]: "key",
  list: [text, [text], { deep: text, after: 1 }],
  keyed: { [text]: { [text]: [text] } },
});

const READERS: readonly [name: string, read: (text: string) => unknown][] = [
  ["yaml as YAML 1.1", (text) => parse(text, { version: "1.1" })],
  ["yaml as YAML 1.2", (text) => parse(text, { version: "1.2", schema: "core" })],
  ["js-yaml", (text) => jsYaml.load(text)],
];

/** Through JSON: `__proto__` as an own key, and no prototypes to compare. */
const assertSame = (actual: unknown, expected: unknown, text: string): void => {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) assert.equal(actual, expected, text);
};

for (const [name, read] of READERS) {
  test(`${name} reads hostile strings back`, () => {
    for (const text of HOSTILE_STRINGS) {
      assertSame(read(yaml(text)), text, JSON.stringify(text));
      assertSame(read(yaml(everywhere(text))), everywhere(text), JSON.stringify(text));
    }
  });

  test(`${name} reads any JSON back`, () => {
    fc.assert(
      fc.property(anyJson, (value) => assertSame(read(yaml(value)), value, JSON.stringify(value))),
      { numRuns: 300, seed: 7 },
    );
  });
}

/** Pieces that break parsers when they meet: an arbitrary of random characters hardly ever makes two of them meet. */
const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom("\n", " ", "\t", ":", "#", "-", "a", "1", '"', "'", "|", "---", "\n\n", "\n  ", "é", ","),
        fc.constantFrom(...HOSTILE_STRINGS),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join("")),
);
const anyNumber = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((number) => (Object.is(number, -0) ? 0 : number));
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    anyText,
    anyNumber,
    fc.boolean(),
    fc.constant(null),
    tie("list"),
    tie("object"),
  ),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.dictionary(anyText, tie("value"), { maxKeys: 4, noNullPrototype: true }),
})).value;

/** One process for all texts; the value that each was made from must come back. */
function assertReadBack(read: (texts: readonly string[]) => unknown[]): void {
  const values = [
    ...HOSTILE_STRINGS,
    ...HOSTILE_STRINGS.map(everywhere),
    ...fc.sample(anyJson, { numRuns: 1000, seed: 7 }),
  ];
  const texts = values.map(yaml);
  const readBack = read(texts);
  assert.is(readBack.length, values.length);
  values.forEach((value, index) => assert.equal(sorted(readBack[index]), sorted(value), texts[index]));
}

/** Go and Python may order keys otherwise. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === "object"
      ? Object.entries(value)
          .map(([key, member]) => [key, sorted(member)])
          .sort(([a], [b]) => (a! < b! ? -1 : 1))
      : value;

const runJson = (command: string, args: readonly string[], input: unknown, cwd?: string): unknown[] =>
  JSON.parse(execFileSync(command, args, { input: JSON.stringify(input), cwd, maxBuffer: 2 ** 28, encoding: "utf8" }));

const go = consumer("go");
(go ? test : test.skip)("Go's sigs.k8s.io/yaml reads everything back", () => {
  assertReadBack((texts) =>
    runJson(go!, ["run", "."], texts, fileURLToPath(new URL("./test/go-yaml", import.meta.url))),
  );
});

const PYTHON_READER =
  "import json,sys,yaml; print(json.dumps([yaml.safe_load(text) for text in json.load(sys.stdin)]))";

/** The Python that has PyYAML, the strictest YAML 1.1 reader there is. */
const python = findTool("python"); // in an environment that has PyYAML
if (python === undefined) saySkipped("PyYAML reads everything back", "its environment of the lab is missing");
(python ? test : test.skip)("PyYAML reads everything back", () => {
  assertReadBack((texts) => runJson(python!, ["-c", PYTHON_READER], texts));
});

test.run();
