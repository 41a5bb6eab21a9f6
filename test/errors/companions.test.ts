/**
 * Companion files as merges, editors, disks and scripts leave them: each is a finding at the file, said in a moment,
 * through every command and reporter. Each content is read as both companions, and once by the command.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCompanion, type Companion } from "../../compiler/1-load/companions.ts";
import { locateAll } from "../../compiler/1-load/positions/locate.ts";
import { DiagnosticError, type Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { MODULE_ALIAS } from "../../compiler/package-root.ts";
import { runCli } from "../support/cli.ts";
import { SOUND_IMAGES, soundProject } from "../support/sound-project.ts";

const test = suite("companions");

const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();
const utf32le = (text: string): Buffer =>
  Buffer.concat([...text].map((character) => Buffer.from(Uint32Array.of(character.codePointAt(0)!).buffer)));
const MARK = "\ufeff";
const json = SOUND_IMAGES;
const umlauts = '{\n  "größe": 1\n}';

/** Bytes, or what makes something else of the path. */
type Content = string | Buffer | ((path: string) => void);

/** What stands there, and the finding as `line:column message`. */
const contents: Record<string, [Content, RegExp]> = {
  // Encodings
  "UTF-16 LE with a mark": [Buffer.from(MARK + json, "utf16le"), /^1:1 .* is UTF-16, not UTF-8/],
  "UTF-16 BE with a mark": [utf16be(MARK + json), /^1:1 .* is UTF-16, not UTF-8/],
  "UTF-16 LE": [Buffer.from(json, "utf16le"), /^1:1 .* is UTF-16, not UTF-8/],
  "UTF-16 BE": [utf16be(json), /^1:1 .* is UTF-16, not UTF-8/],
  "UTF-16 of nothing but a mark": [Buffer.from(MARK, "utf16le"), /^1:1 .* is UTF-16/],
  "UTF-16 of two braces": [Buffer.from("{}", "utf16le"), /^1:1 .* is UTF-16/],
  "UTF-32 LE": [utf32le(json), /^1:1 .* is UTF-32/],
  "UTF-32 LE with a mark": [utf32le(MARK + json), /^1:1 .* is UTF-32/],
  "Latin-1": [Buffer.from(umlauts, "latin1"), /^2:6 .* is not UTF-8, but Latin-1/],
  "Latin-1 at the end": [Buffer.from('{"a": "é"}', "latin1"), /^1:8 .* Latin-1/],
  "Windows-1252": [Buffer.from('{"a": "\x93b\x94"}', "latin1"), /^1:8 .* Latin-1 or Windows-1252/],
  "Shift JIS": [Buffer.from([0x7b, 0x22, 0x83, 0x65, 0x83, 0x58, 0x22, 0x3a, 0x31, 0x7d]), /^1:3 .* is not UTF-8/],
  "UTF-8 cut in a character of two bytes": [
    Buffer.from(umlauts).subarray(0, 8),
    /^2:6 .* ends in the middle of a character/,
  ],
  "UTF-8 cut in a character of four bytes": [
    Buffer.from('{"😀').subarray(0, 5),
    /^1:3 .* ends in the middle of a character/,
  ],
  "surrogates as UTF-8": [Buffer.from([0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d]), /^1:3 .* is not UTF-8/],
  "an overlong character": [Buffer.from([0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d]), /^1:3 .* is not UTF-8/],
  gzip: [Buffer.from("1f8b0800000000000003abae050043bfa6a302000000", "hex"), /^1:2 .* is binary/],
  "an image": [Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /^1:1 .* is binary/],
  "all bytes": [
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    /^1?\d?:?\d+ .* is binary|^2:\d+ .* is binary|is binary/,
  ],
  zeros: [Buffer.alloc(100), /^1:1 .* NUL/],
  "a NUL byte in text": ['{"a": "\0"}', /^1:8 .* holds a NUL byte/],
  "a NUL byte after text": [`${json}\0`, / holds a NUL byte/],

  // Text that is no JSON
  nothing: ["", /^1:1 .* is empty/],
  "nothing but a mark": [MARK, /^1:1 .* holds nothing but space/],
  spaces: [" \n\t\n", /^1:1 .* holds nothing but space/],
  "a merge conflict": ["{\n<<<<<<< HEAD\n", /^2:1 .* merge conflict/],
  "a merge conflict between members": ['{\n  "a": {}\n=======\n', /^3:1 .* merge conflict/],
  "cut off": [json.slice(0, 30), /^\d+:\d+ /],
  "a comma too many": ['{"a": {},}', /^1:10 a key in double quotes is expected/],
  "a comma too few": ['{"a": {}\n"b": {}}', /^2:1 "," or "}" is expected/],
  "single quotes": ["{'a': 1}", /^1:2 a key in double quotes is expected, but there is "'"/],
  comments: ['{\n// no\n"a": {}}', /^2:1 a key in double quotes/],
  JavaScript: ["module.exports = {};", /^1:1 a value is expected/],
  YAML: ["web:\n  production: x\n", /^1:1 a value is expected/],
  HTML: ["<!DOCTYPE html>\n<html></html>\n", /^1:1 a value is expected, but there is "<"/],
  "a pointer of Git LFS": [
    "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n",
    /^1:1 a value is expected/,
  ],
  "two objects": ["{}\n{}", /^2:1 the end of the file is expected/],
  "a control character in a text": ['{"a\u0001": 1}', /^1:2 a key in double quotes/],
  "a bad escape": ['{"a": "\\x41"}', /^1:7 a value is expected/],
  NaN: ['{"a": NaN}', /^1:7 a value is expected/],
  "a space that is none": ["\u00a0{}", /^1:1 a value is expected/],
  "spaces at the wrong end of a mark": [` ${MARK}{}`, /^1:\d a value is expected/],

  // JSON that is no companion
  "a list": ["[]", /^1:1 .* holds a list, not an object/],
  "a number": [" 5", /^1:2 .* holds a number, not an object/],
  "a text": ['"web"', /^1:1 .* holds a string, not an object/],
  null: ["\nnull", /^2:1 .* holds null, not an object/],
  true: ["true", /^1:1 .* holds a boolean, not an object/],
  "a key twice": ['{\n  "web": {},\n  "web": {}\n}', /^3:3 the key "web" stands here a second time/],
  "a key twice, once escaped": ['{"web": {}, "w\\u0065b": {}}', /^1:13 the key .* stands here a second time/],
  __proto__: ['{"__proto__": {"a": 1}}', /^1:2 the key "__proto__" is not allowed/],
  "half a character": ['{"web": {"production": "\\ud83d"}}', /^1:24 the text holds half of a surrogate pair/],
  "half a character as a key": ['{"\\udc00": {}}', /^1:2 the key holds half of a surrogate pair/],
  "a number beyond all": ['{"web": 1e999}', /^1:9 Infinity is not a number/],
  "decomposed text": ['{"u\\u0308": {}}', /^1:2 the key is not in Unicode normal form C/],
  "201 levels": [`${"[".repeat(250)}${"]".repeat(250)}`, /^1:202 nested deeper than 200 levels/],
  "150 levels": [`{"a":${"[".repeat(150)}${"]".repeat(150)}}`, / nested deeper than 100 levels/],
  "a hundred thousand levels": ['{"a":'.repeat(100_000), /nested deeper than 200 levels/],
  "a million items": [`{"a": [${"1,".repeat(1_000_000)}1]}`, /more than 50,000 values/],
  "a million members": [
    `{${Array.from({ length: 1_000_000 }, (_, index) => `"k${index}":1`).join(",")}}`,
    /more than 50,000 values/,
  ],

  // No file
  "a folder": [(path) => mkdirSync(path), /^1:1 .* is a folder/],
  "a folder with a file": [(path) => (mkdirSync(path), writeFileSync(join(path, "a"), "")), /^1:1 .* is a folder/],
  "a named pipe": [(path) => execFileSync("mkfifo", [path]), /^1:1 .* is a named pipe/],
  "a link to a device without end": [(path) => symlinkSync("/dev/zero", path), /^1:1 .* is a device/],
  "a link to nothing": [(path) => symlinkSync("gone.json", path), /^1:1 .* is a link to a file that does not exist/],
  "a link to itself": [(path) => symlinkSync(path, path), /^1:1 .* is a link that leads to itself/],
  "a link to a folder": [(path) => symlinkSync(".", path), /^1:1 .* is a folder/],
  "a link below a file": [(path) => symlinkSync("base.ts/x.json", path), /^1:1 .* lies below a file/],
  "a socket": [(path) => void createServer().listen(path).unref(), /^1:1 .* is a socket/],
  "a gigabyte of nothing": [
    (path) => (writeFileSync(path, ""), truncateSync(path, 2 ** 30)),
    /^1:1 .* has 1024 MiB; at most 16 MiB are read/,
  ],
};

const COMPANIONS = { images: "ecosystem.images.json", tuning: "ecosystem.tuning.json" } as const;
const COMMANDS = [[], ["--check"], ["check"], ["explain", "services.web"]] as const;
const REPORTERS = ["json", "sarif", "github", "markdown", "pretty"] as const;

const root = soundProject("export default base;"); // one for all: its sources are transformed once
const config = join(root, "ecosystem.config.ts");

/** Puts a content in the place of a companion while something looks at it. */
async function as<T>(companion: string, content: Content, look: () => T): Promise<Awaited<T>> {
  const path = join(root, companion);
  rmSync(path, { force: true });
  if (typeof content === "function") content(path);
  else writeFileSync(path, content);
  try {
    return await look();
  } finally {
    rmSync(path, { recursive: true, force: true });
    writeFileSync(join(root, COMPANIONS.images), SOUND_IMAGES);
  }
}

const tried = new Set<string>();
for (const [number, [name, [content, expected]]] of Object.entries(contents).entries()) {
  for (const [companion, file] of Object.entries(COMPANIONS) as [Companion, string][])
    test(`${name} as ${file}`, async () => {
      const found = await as(file, content, () => findings(companion));
      assert.is(found.length, 1, "one finding");
      assertFound(found[0]!, file, expected);
    });

  // One of the forty combinations each: all of them in the whole table.
  const file = Object.values(COMPANIONS)[number % 2]!;
  const command = COMMANDS[(number >> 1) % COMMANDS.length]!;
  const reporter = REPORTERS[number % REPORTERS.length]!;
  tried.add([file, ...command, reporter].join(" "));
  test(`${name} as ${file}: eco-compile ${[...command, "--reporter", reporter].join(" ")}`, async () => {
    const begun = process.hrtime.bigint();
    const { code, stdout, stderr } = await as(file, content, () =>
      runCli([...command, "--reporter", reporter], { cwd: root }),
    );
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    assert.is(code, 1, stderr);
    assert.not.match(stdout + stderr, /^\s+at |node:internal|has a bug/m);
    assert.ok(seconds < 20, `${seconds} s`);
    assert.match(stdout + stderr, file);
    if (reporter === "json") {
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
      assert.is(diagnostics.length, 1, "one finding");
      assertFound(diagnostics[0]!, file, expected);
    }
    if (reporter === "sarif")
      assert.is((JSON.parse(stdout) as { runs: { results: unknown[] }[] }).runs[0]!.results.length, 1);
  });
}

/** What load says of a companion, in its place. */
async function findings(companion: Companion): Promise<Diagnostic[]> {
  try {
    loadCompanion(config, companion, root);
    return [];
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return locateAll({ root, configFile: config, cwd: root, moduleAlias: MODULE_ALIAS }, error.diagnostics);
  }
}

function assertFound({ id, position, message }: Diagnostic, file: string, expected: RegExp): void {
  assert.ok(["load/json", "load/text", "load/not-data"].includes(id), id);
  assert.is(position?.file, file);
  assert.match(`${position!.line}:${position!.column} ${message}`, expected);
}

test("at least fifty contents, and all combinations", () => {
  assert.ok(Object.keys(contents).length >= 50);
  assert.is(tried.size, Object.keys(COMPANIONS).length * COMMANDS.length * REPORTERS.length);
});

test.run();
