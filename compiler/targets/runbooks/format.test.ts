import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { consumer } from "../../../lab/toolchain/consumer.ts";
import { formats } from "./format.ts";

const { md, code, codes, path, sh } = formats;

/** What people and tools have broken out of Markdown, tables, HTML and shells with. */
const HOSTILE = [
  "a\nb",
  "a\r\n\r\n# heading",
  "- item",
  "1. item",
  "> quote",
  "===",
  "---",
  "***",
  "```",
  "~~~",
  "`code`",
  "``",
  "a`",
  "\\",
  "\\`",
  "a\\",
  "|",
  "a | b",
  "\\|",
  "**bold**",
  "_a_",
  "~~gone~~",
  "<b>",
  "</table>",
  "<!-- x",
  "-->",
  "<script>alert(1)</script>",
  "<https://evil.example>",
  "&lt;",
  "&#96;",
  "&NewLine;",
  "[a](javascript:x)",
  "](https://evil.example)",
  "![x](https://evil.example/x.png)",
  "[a]: https://evil.example",
  "www.evil.example",
  "https://evil.example",
  "somebody@evil.example",
  "$x$",
  "$$",
  "$(touch x)",
  "`touch x`",
  "${x}",
  "; touch x",
  "&& touch x",
  "| touch x",
  "> x",
  "'",
  '"',
  "'; touch x; '",
  "!!",
  "~",
  "~root",
  "*",
  "?",
  "[a-z]",
  "{a,b}",
  "=ls",
  "#x",
  "a b",
  "",
  " ",
  "\t",
  "\0",
  "\u001b[31m",
  "\u202egnp.exe",
  "\u200b",
  "\u2028",
  "é",
  "日本",
  "😀",
  "\ud800",
];

const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: fc.constantFrom(..."`|\\*_<>[]()#-+=.!~$&@:/'\"{}; \n\t\0a1é\u202e") }),
  fc.string({ unit: "binary" }),
);

/** Marks that begin something in Markdown, where no backslash stands before them. */
const LIVE = /(?<!\\)(?:\\\\)*[`*_[\]<>&|~$!@]/;

for (const [value, expected] of [
  ["99.9% of requests", "99.9% of requests"],
  ["1.30", "1.30"],
  ["1. item", "1\\. item"],
  ["- item", "\\- item"],
  ["# title", "\\# title"],
  ["a | b", "a \\| b"],
  ["<b>", "\\<b\\>"],
  ["a\n\n# b", "a # b"],
  ["\\|", "\\\\\\|"],
  ["https://a.example", "https\\://a.example"],
  ["://x", "\\://x"],
  ["www.a.example", "www\\.a.example"],
  ["a\u202eb", "a\ufffdb"],
  [25, "25"],
] as const) {
  test(`md ${JSON.stringify(value)}`, () => assert.is(md(value), expected));
}

for (const [value, expected] of [
  ["0 10 * * 2", "`0 10 * * 2`"],
  ["<b>", "`<b>`"],
  ["a|b", "a\\|b"],
  ["a`b", "a\\`b"],
  ["a\nb", "`a b`"],
  ["", ""],
] as const) {
  test(`code ${JSON.stringify(value)}`, () => assert.is(code(value), expected));
}

for (const [value, expected] of [
  ["generated/clusters/paris", "generated/clusters/paris"],
  ["--version=10.1.1", "--version=10.1.1"],
  ["a b", "'a b'"],
  ["", "''"],
  ["it's", "'it'\\''s'"],
  ["=ls", "'=ls'"],
  ["$(x)", "'$(x)'"],
  ["a\nb", "$'a\\U0000000ab'"],
  [["git", "log", "a b"], "git log 'a b'"],
] as const) {
  test(`sh ${JSON.stringify(value)}`, () => assert.is(sh(value), expected));
}

test("a list is code spans", () => assert.is(codes(["a", "b|c"]), "`a`, b\\|c"));
test("a path keeps its slashes, and nothing that ends a link", () => {
  assert.is(path("../a b/(c)/é"), "../a%20b/%28c%29/%C3%A9");
  fc.assert(fc.property(hostile, (value) => assert.match(path(value), /^[\w./%-]*$/)));
});

test("text is one line in which nothing is alive", () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const text = md(value);
      assert.not.match(text, /[\0-\x1f\x7f\u202a-\u202e]/);
      assert.not.match(text, LIVE);
      assert.not.match(text, /^\s|\s$/);
      assert.not.match(text, /^(?:[#+=:-]|\d+[.)](?:\s|$))/);
      assert.not.match(text, /(?<!\\):\/\/|\bwww\./i);
    }),
    { numRuns: 2000 },
  );
});

test("a code span ends where it ends, and no cell ends in it", () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const text = code(value);
      if (text.startsWith("`")) assert.match(text, /^`[^`|\\\n]+`$/);
      else assert.is(text, md(value));
    }),
    { numRuns: 2000 },
  );
});

const bash = consumer("bash");

/** What bash makes of words. */
const words = (script: string): string[] =>
  execFileSync(bash!, ["-c", `printf '%s\\0' ${script}`], {
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  })
    .split("\0")
    .slice(0, -1);

(bash ? test : test.skip)("bash reads back what was said, each as one word on one line", () => {
  const said = (value: string) => value.replace(/\p{Surrogate}|\0/gu, "\ufffd");
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 60 }), (values) => {
      const script = sh(values);
      assert.not.match(script, /[\0-\x1f\x7f\u202a-\u202e]/);
      assert.equal(words(script), values.map(said));
    }),
    { numRuns: 25 },
  );
});

test.run();
