import { suite } from "uvu";
import * as assert from "uvu/assert";
import { neverRun } from "./never-run.ts";

const test = suite("suites that never run");

const FOUND: Readonly<Record<string, RegExp>> = {
  'import { suite } from "uvu";\nconst a = suite("a");\na("x", () => {});\n':
    /^x\.test\.ts: a is made once and run never/,
  'const a = suite("a");\nconst b = suite("b");\na.run();\n': /^x\.test\.ts: b is made once and run never/,
  'const a = labSuite("a", ["helm"]);\n': /^x\.test\.ts: a is made once and run never/,
  'for (const x of []) {\n  const a = suite("a");\n  a.run();\n}\nconst a = suite("a");\n':
    /a is made 2 times and run once/,
  'import { test } from "uvu";\ntest("x", () => {});\n': /^x\.test\.ts: test is made once and run never/,
  'const a = suite("a");\n// a.run();\n': /a is made once and run never/,
  'const a = suite("a");\na.only("x", () => {});\na.run();\n': /^x\.test\.ts: a\.only leaves all other tests/,
};
for (const [text, expected] of Object.entries(FOUND)) {
  test(`found in ${JSON.stringify(text)}`, () => {
    const { problems } = neverRun("x.test.ts", text);
    assert.is(problems.length, 1);
    assert.match(problems[0]!, expected);
  });
}

test("suites that run are counted", () => {
  const text =
    'import { test } from "uvu";\ntest.run();\nconst a = suite("a");\nexport const b = labSuite("b", []);\nb.run();\na.run();\n';
  assert.equal(neverRun("x.test.ts", text), { suites: ["test", "a", "b"], problems: [] });
  assert.equal(neverRun("x.ts", 'import { suite } from "uvu";\n'), { suites: [], problems: [] });
});

test.run();
