import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Diagnostic, Position } from "./diagnostic.ts";
import { redact } from "../2-validate/secrets/index.ts";
import { frameMaker } from "./frames.ts";

const test = suite<{ cwd: string }>("frames");
test.before.each((context) => {
  context.cwd = mkdtempSync(join(tmpdir(), "eco-frames-"));
});
test.after.each(({ cwd }) => rmSync(cwd, { recursive: true }));

async function frame(
  cwd: string,
  text: string,
  place: Omit<Position, "file">,
  color = false,
): Promise<string | undefined> {
  writeFileSync(join(cwd, "a.ts"), text);
  const diagnostic: Diagnostic = {
    id: "test/x",
    severity: "error",
    at: "",
    message: "",
    position: { file: "a.ts", ...place },
  };
  return (await frameMaker({ cwd, color, redact }))(diagnostic);
}

test("two lines above, one below, the marker under the value", async ({ cwd }) => {
  const text = "one\r\ntwo\r\nthree\r\n  a: 12,\r\nfive\r\nsix\r\n";
  const expected = ["  2 | two", "  3 | three", "> 4 |   a: 12,", "    |      ^^", "  5 | five"].join("\n");
  assert.is(await frame(cwd, text, { line: 4, column: 6, endLine: 4, endColumn: 8 }), expected);
});

test("a value over several lines is marked on its first", async ({ cwd }) => {
  const expected = ["> 1 | a: {", "    |    ^", "  2 |   b: 1"].join("\n");
  assert.is(await frame(cwd, "a: {\n  b: 1\n}\n", { line: 1, column: 4, endLine: 3, endColumn: 2 }), expected);
});

test("a byte order mark and tabs move no marker", async ({ cwd }) => {
  assert.is(await frame(cwd, "\ufeffa: 1", { line: 1, column: 4 }), "> 1 | a: 1\n    |    ^");
  assert.is(await frame(cwd, "\t\ta: 1", { line: 1, column: 6 }), "> 1 | \t\ta: 1\n    | \t\t   ^");
});

test("a long line is shown around the column", async ({ cwd }) => {
  const shown = (await frame(cwd, `${"a".repeat(5000)}XY${"b".repeat(5000)}`, {
    line: 1,
    column: 5001,
    endLine: 1,
    endColumn: 5003,
  }))!;
  const [line, marker] = shown.split("\n");
  assert.ok(line!.length < 200);
  assert.is(marker!.indexOf("^"), line!.indexOf("XY"));
  assert.is(marker!.trimEnd().length, marker!.indexOf("^") + 2);
});

test("what a terminal would obey is not in a frame, and colours are ours alone", async ({ cwd }) => {
  const text = 'const a = "\u001b]0;title\u0007\u202e";';
  assert.is(
    await frame(cwd, text, { line: 1, column: 11 }),
    '> 1 | const a = "\ufffd]0;title\ufffd\ufffd";\n    |           ^',
  );
  const colored = (await frame(cwd, text, { line: 1, column: 11 }, true))!;
  assert.match(colored, /\u001b\[3\d/);
  assert.is(stripVTControlCharacters(colored), '> 1 | const a = "\ufffd]0;title\ufffd\ufffd";\n    |           ^');
});

/** Secrets of which a frame takes only a part, which looks like none by itself → what must not be shown. */
const PARTS: Readonly<Record<string, [text: string, place: Omit<Position, "file">, secret: RegExp]>> = {
  "the end of a password on a long line": [
    `const a = { db: { password: "c0rrect-h0rse-b4ttery-9!" }, x: "${"-".repeat(200)}" };`,
    { line: 1, column: 80, endLine: 1, endColumn: 81 },
    /ttery-9!|h0rse/,
  ],
  "the body of a key whose first line is above": [
    "const key = `-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nq83vASNFZ4mrze8B\nabcdefgh\n-----END RSA PRIVATE KEY-----`;\nconst b = 1;\n",
    { line: 6, column: 7, endLine: 6, endColumn: 8 },
    /abcdefgh|q83v/,
  ],
  "a key that does not end": [
    "const key = `-----BEGIN PRIVATE KEY-----\r\nMIIEowIBAAKCAQEA\r\nq83vASNFZ4mrze8B\r\n",
    { line: 3, column: 1, endLine: 3, endColumn: 2 },
    /MIIE|q83v/,
  ],
};
for (const [what, [text, place, secret]] of Object.entries(PARTS)) {
  test(`a frame shows no part of a secret: ${what}`, async ({ cwd }) => {
    const shown = (await frame(cwd, text, place))!;
    assert.match(shown, /\*{8}/);
    assert.not.match(shown, secret);
  });
}

test("a frame that is set stays, a file that is gone has none", async ({ cwd }) => {
  const secret: Diagnostic = {
    id: "test/x",
    severity: "error",
    at: "",
    message: "",
    position: { file: "a.ts", line: 1, column: 1 },
    frame: "",
  };
  const gone: Diagnostic = { ...secret, frame: undefined, position: { file: "gone.ts", line: 1, column: 1 } };
  const frameOf = await frameMaker({ cwd, color: false, redact });
  assert.equal([secret, gone].map(frameOf), ["", undefined]);
});

test.run();
