import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  commandData,
  commandProperty,
  htmlText,
  markdownBlock,
  markdownCode,
  markdownText,
  printable,
  printableJson,
  printableSource,
  relativeUri,
  sarifText,
  withoutWorkflowCommands,
} from "./escape.ts";

const test = suite("escape");

const table: [name: string, escape: (text: string) => string, text: string, expected: string][] = [
  ["a terminal's escape sequence", printable, "\u001b[31mred\u0007", "\\u{1b}[31mred\\u{7}"],
  ["the one-byte form of it", printable, "\u009b2J", "\\u{9b}2J"],
  ["text that runs backwards", printable, "a\u202eb\u2066c", "a\\u{202e}b\\u{2066}c"],
  ["line ends", printable, "a\r\nb\u2028c", "a\\u{d}\\u{a}b\\u{2028}c"],
  ["half a surrogate pair", printable, "\ud800", "\\u{d800}"],
  ["letters of all scripts and joined emoji", printable, "grüße 名前 👩‍💻", "grüße 名前 👩‍💻"],
  ["source keeps its columns", printableSource, "\ta\u001bb\u{e0041}c", "\ta\ufffdb\ufffd\ufffdc"],
  ["a command of the runner", withoutWorkflowCommands, "a\n  ::add-mask::x\n", "a\n  : :add-mask::x\n"],
  ["a coloured command of the runner", withoutWorkflowCommands, "\u001b[1m::error::x", "\u001b[1m: :error::x"],
  ["an old command of the runner", withoutWorkflowCommands, "a ##[error]x", "a ## [error]x"],
  ["a command's message", commandData, "100%\r\n::error::", "100%25%0D%0A::error::"],
  ["a command's property", commandProperty, "a,b:c%\n", "a%2Cb%3Ac%25%0A"],
  ["JSON that is printed", printableJson, '\u009b\u2028"\ud83d\ude00##[', '"\\u009b\\u2028\\"😀##\\u005b"'],
  ["HTML", htmlText, '<img src=x onerror="a">&amp;', '&lt;img src=x onerror="a"&gt;&amp;amp;'],
  ["mentions and references", htmlText, "@team #12 GH-3 www.x", "@\u200bteam #\u200b12 GH\u200b-3 www\u200b.x"],
  ["Markdown", markdownText, "*a* [b](c) `d` #1 1. e", "\\*a\\* \\[b\\]\\(c\\) \\`d\\` \\#\u200b1 1\\. e"],
  ["a link in Markdown", markdownText, "https://x.y", "https\\:\u200b//x\\.y"],
  ["a code span with backquotes", markdownCode, "a``b`", "``` a``b` ```"],
  ["a block with a fence", (text) => markdownBlock("text", text), "```\nx", "````text\n```\nx\n````"],
  ["SARIF's links and placeholders", sarifText, "[a](1) {0} \\", "\\[a\\](1) {{0}} \\\\"],
  ["a path as a URI", relativeUri, "../a b/c#d?e%.ts", "../a%20b/c%23d%3Fe%25.ts"],
];

for (const [name, escape, text, expected] of table) test(name, () => assert.is(escape(text), expected));

/** Arbitrary text with many of the characters that media obey. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom(
        "::",
        "##[",
        "\n",
        "\r",
        "\u001b[",
        "\u009b",
        "<b>",
        "-->",
        "@a",
        "#1",
        "`",
        "```\n",
        "|",
        "[x](y)",
        "%0A",
        "\u202e",
        "\ud800",
        "{0}",
        "https://",
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

test("printable text holds no control, no line end and nothing invisible", () => {
  fc.assert(
    fc.property(hostile, (text) =>
      assert.not.match(
        printable(text),
        /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u,
      ),
    ),
  );
});

test("source lines keep their length", () => {
  fc.assert(fc.property(hostile, (text) => assert.is(printableSource(text).length, text.length)));
});

test("JSON stays the same value", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = printableJson({ [text]: text });
      assert.equal(JSON.parse(shown), { [text]: text });
      assert.not.match(shown, /##\[|[\u007f-\u009f\u2028\u202e]/);
    }),
  );
});

test("a workflow command gives back its message", () => {
  const decode = (text: string) => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
  fc.assert(
    fc.property(hostile, (text) => {
      assert.not.match(commandData(text), /[\r\n]/);
      assert.is(decode(commandData(text)), text);
      assert.not.match(commandProperty(text), /[\r\n:,]/);
    }),
  );
});

test("no line of a log is a command after it is guarded", () => {
  fc.assert(
    fc.property(hostile, (text) =>
      withoutWorkflowCommands(text)
        .split("\n")
        .forEach((line) => assert.not.match(line, /^\s*::|##\[/)),
    ),
  );
});

test("Markdown text is one line without markup", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = markdownText(text);
      assert.not.match(shown, /[\r\n<>]/);
      const unescaped = shown.replace(/\\[\\`*_{}[\]()#+\-.!|~$:]/g, "");
      assert.not.match(unescaped, /[\\`*_[\]()#|~]|@(?!\u200b)/);
    }),
  );
});

test.run();
