import { suite } from "uvu";
import * as assert from "uvu/assert";
import { displayPath, positionOf, SourceText } from "./source-text.ts";

const test = suite("source text");

const table: [text: string, needle: string, line: number, column: number][] = [
  ["x", "x", 1, 1],
  ["\ufeffx", "x", 1, 1],
  ["\ufeffa\nx", "x", 2, 1],
  ["a\nx", "x", 2, 1],
  ["a\r\nx", "x", 2, 1],
  ["a\rx", "x", 2, 1],
  ["a\n\n\n  x", "x", 4, 3],
  ["\t\tx", "x", 1, 3],
  ["😀x", "x", 1, 3],
  ["a\u2028x", "x", 1, 3],
  ["a\n", "\n", 1, 2],
];

for (const [text, needle, line, column] of table) {
  test(`${JSON.stringify(text)}: ${line}:${column}`, () => {
    const source = new SourceText("/project/a/b.ts", text);
    const offset = text.indexOf(needle);
    assert.equal(source.lineColumn(offset), { line, column });
    assert.is(source.offset(line, column), offset);
  });
}

test("a span has both ends and a path for people", () => {
  const source = new SourceText("/project/a/b.ts", "one\ntwo");
  assert.equal(positionOf(source.span(1, 6), "/project"), {
    file: "a/b.ts",
    line: 1,
    column: 2,
    endLine: 2,
    endColumn: 3,
  });
  assert.is(displayPath("/project/a/b.ts", "/project/c"), "../a/b.ts");
});

test.run();
