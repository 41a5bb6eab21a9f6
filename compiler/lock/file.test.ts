import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Choice } from "./choices.ts";
import { formatLock, readLock } from "./file.ts";

const test = suite("lock file");

const path = fc
  .oneof(fc.stringMatching(/^[a-z]{1,8}(\.[a-z0-9-]{1,12}){0,4}$/), fc.string({ minLength: 1 }))
  // uvu takes what is called `constructor` for the class of an object.
  .filter((one) => one !== "format" && one !== "choices" && one !== "constructor");
const choice = fc.oneof<fc.Arbitrary<Choice>[]>(
  fc.string(),
  fc.integer({ min: 0, max: 1000 }),
  fc.boolean(),
  fc.array(fc.stringMatching(/^[a-z0-9-]{1,8}$/), { maxLength: 4 }),
);
const lock = fc.dictionary(path, choice, { maxKeys: 12 });

test("what is written is read back, and is JSON", () => {
  fc.assert(
    fc.property(lock, (choices) => {
      const text = formatLock(choices);
      assert.equal(readLock(text), { choices: { ...choices }, faults: [] });
      const { format, choices: data } = JSON.parse(text) as { format: number; choices: Record<string, unknown> };
      assert.is(format, 1);
      assert.equal(data, { ...choices, "": "end" });
    }),
  );
});

test("the order of the lines and their commas are of no consequence", () => {
  fc.assert(
    fc.property(lock, fc.integer(), (choices, seed) => {
      const lines = formatLock(choices).split("\n");
      const [head, inner, tail] = [lines.slice(0, 3), lines.slice(3, -5), lines.slice(-5)];
      const moved = inner.map((_, index) => inner[(index + Math.abs(seed)) % inner.length]!.replace(/,$/, ""));
      assert.equal(readLock([...head, ...moved, ...tail].join("\r\n")).choices, { ...choices });
    }),
  );
});

const ONE = formatLock({ "clusters.a.version": "1.34", "clusters.b.version": "1.35" });

test("both sides of a conflict are taken", () => {
  const text = ONE.replace(
    '    "": "end"\n',
    '<<<<<<< HEAD\n    "clusters.c.version": "1.33",\n||||||| base\n=======\n    "clusters.d.version": "1.36",\n>>>>>>> other\n    "": "end"\n',
  );
  const { choices, faults } = readLock(text);
  assert.equal(faults, []);
  assert.equal(Object.keys(choices), [
    "clusters.a.version",
    "clusters.b.version",
    "clusters.c.version",
    "clusters.d.version",
  ]);
});

const FAULTS: readonly [title: string, text: string, faults: string[]][] = [
  ["two values for one path", ONE.replace('"clusters.b', '"clusters.a'), ["two-choices 5"]],
  ["the same twice", ONE.replace('"clusters.b.version": "1.35"', '"clusters.a.version": "1.34"'), []],
  ["a value that is no JSON", ONE.replace('"1.34"', '1.34"'), ["line 4"]],
  ["a key without quotes", ONE.replace('"clusters.a.version"', "clusters.a.version"), ["line 4"]],
  ["an object as a value", ONE.replace('"1.34"', "{}"), ["line 4"]],
  ["a format to come", ONE.replace('"format": 1', '"format": 2'), ["newer 2"]],
  ["an empty file", "", ["no-lock 1"]],
  ["something else", "{}\n", ["no-lock 1"]],
  ["a list", "[]\n", ["line 1"]],
];
for (const [title, text, expected] of FAULTS) {
  test(title, () => {
    assert.equal(
      readLock(text).faults.map(({ kind, line }) => `${kind} ${line}`),
      expected,
    );
  });
}

test.run();
