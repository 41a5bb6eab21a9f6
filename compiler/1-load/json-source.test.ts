import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { formatPath, type PathSegment } from "../diagnostics/config-path.ts";
import { JsonSyntaxError, locateJson, parseJsonSource } from "./json-source.ts";
import { SourceText } from "./source-text.ts";

const test = suite("json source");

function accepts(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

test("accepts exactly what JSON.parse accepts", () => {
  const fragment = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"b\\n"',
    '"\\x"',
    "1",
    "-0.5e3",
    "01",
    "true",
    "nul",
    " ",
    "\n",
    "'a'",
    "//",
    "\u00a0",
  );
  const text = fc.oneof(
    fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join("")),
    fc.json(),
    fc.string(),
  );
  fc.assert(
    fc.property(text, (text) => {
      // Two equal keys are the one thing that JSON.parse lets pass.
      if (/"(\w)".*"\1"/s.test(text) || text.startsWith("\ufeff")) return;
      assert.is(accepts(parseJsonSource, text), accepts(JSON.parse, text), JSON.stringify(text));
    }),
    { numRuns: 3000 },
  );
});

test("every path leads to the text of its value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => {
      const source = new SourceText("x.json", JSON.stringify(value, null, indent));
      const root = parseJsonSource(source.text);
      for (const [path, expected] of leaves(value, [])) {
        const { span, depth } = locateJson(source, root, path);
        assert.is(depth, path.length, formatPath(path));
        assert.equal(JSON.parse(source.text.slice(span.start, span.end)), JSON.parse(JSON.stringify(expected)));
      }
    }),
  );
});

function* leaves(value: unknown, path: PathSegment[]): Generator<[PathSegment[], unknown]> {
  yield [path, value];
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* leaves(item, [...path, index]);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) yield* leaves(item, [...path, key]);
}

const mistakes: [text: string, offset: number, message: string][] = [
  ["", 0, "a value is expected, but the file ends"],
  ['{"a": 1,}', 8, 'a key in double quotes is expected, but there is "}"'],
  ['{"a" 1}', 5, '":" is expected, but there is "1"'],
  ['{"a": 1 "b": 2}', 8, '"," or "}" is expected, but there is "\\""'],
  ["[1 2]", 3, '"," or "]" is expected, but there is "2"'],
  ["{} x", 3, 'the end of the file is expected, but there is "x"'],
  ['{"web": 1, "web": 2}', 11, 'the key "web" stands here a second time'],
  ['{\n"a": 1\n=======\n', 9, '"," or "}" is expected, but there is "=": a merge conflict is left in the file'],
  ["[".repeat(300), 201, "nested deeper than 200 levels"],
];

for (const [text, offset, message] of mistakes) {
  test(`${JSON.stringify(text.slice(0, 20))}: ${message}`, () => {
    try {
      parseJsonSource(text);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, JsonSyntaxError);
      assert.equal([(error as JsonSyntaxError).offset, (error as JsonSyntaxError).message], [offset, message]);
    }
  });
}

test.run();
