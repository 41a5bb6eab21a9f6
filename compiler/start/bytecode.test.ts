import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { temporaryFolder } from "../../test/support/tree.ts";
import { begin } from "./bytecode.ts";

const test = suite("bytecode");

interface Program {
  answer(): number;
  imported(): Promise<typeof import("node:os")>;
  place: readonly string[];
}

/** A program beside which nothing is kept yet. */
function program(answer: string): { file: string; folder: string; kept(): string[] } {
  const root = temporaryFolder("bytecode");
  const [file, folder] = [join(root, "program.cjs"), join(root, "bytecode")];
  writeFileSync(file, sourceOf(answer));
  return {
    file,
    folder,
    kept: () => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []),
  };
}

/** Each program has a text of its own. */
let programs = 0;
const sourceOf = (answer: string) =>
  `"use strict"; exports.answer = () => ${answer}; exports.number = ${programs++}; exports.imported = () => importOutside("node:os"); exports.place = [__filename, __dirname, typeof require("node:fs").statSync];`;

/** By another process: V8 remembers what it has compiled, and asks for no bytecode then. */
const keptElsewhere = (file: string) =>
  execFileSync(process.execPath, [
    ...["--import", "tsx", "--input-type=module", "-e"],
    `import { begin } from ${JSON.stringify(new URL("bytecode.ts", import.meta.url).href)}; begin(${JSON.stringify(file)}, (specifier) => import(specifier)).keep();`,
  ]);

const started = (file: string) => begin<Program>(file, (specifier) => import(specifier));

test("a program runs, and finds itself and what it requires", () => {
  const { file } = program("1");
  const { exports } = started(file);
  assert.is(exports.answer(), 1);
  assert.equal(exports.place, [file, join(file, ".."), "function"]);
});

test("what was kept is used, and stays", async () => {
  const { file, kept } = program("2");
  keptElsewhere(file);
  const [path] = kept() as [string];
  const { ino } = statSync(path);
  const { exports, keep } = started(file);
  assert.is(exports.answer(), 2);
  assert.type((await exports.imported()).hostname, "function");
  keep();
  assert.equal(kept(), [path]);
  assert.is(statSync(path).ino, ino, "V8 took it: there is no reason to write it again");
});

test("nothing is kept before it is asked for", () => {
  const { file, kept } = program("7");
  const { keep } = started(file);
  assert.equal(kept(), []);
  keep();
  assert.is(kept().length, 1);
});

const DAMAGES: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  empty: () => Buffer.alloc(0),
  "cut off": (bytes) => bytes.subarray(0, bytes.length - 8),
  "of zeros": (bytes) => Buffer.alloc(bytes.length),
  "with another byte": (bytes) => (bytes.writeUInt8(bytes.at(-1)! ^ 1, bytes.length - 1), bytes),
  "of another V8, whole": () => {
    const content = Buffer.from("no bytecode of this V8, for sure");
    return Buffer.concat([Buffer.from(hash("sha256", content, "hex")), content]);
  },
};

for (const [damage, change] of Object.entries(DAMAGES)) {
  test(`a file ${damage} is passed over, and written anew`, () => {
    const { file, kept } = program("3");
    keptElsewhere(file);
    const [path] = kept() as [string];
    const whole = readFileSync(path);
    const damaged = change(Buffer.from(whole));
    writeFileSync(path, damaged);
    const { exports, keep } = started(file);
    assert.is(exports.answer(), 3);
    keep();
    assert.not(readFileSync(path).equals(damaged));
  });
}

test("a program of the same length is another one", () => {
  const { file, kept } = program("4");
  started(file).keep();
  writeFileSync(file, readFileSync(file, "utf8").replace("=> 4", "=> 5"));
  const { exports, keep } = started(file);
  assert.is(exports.answer(), 5);
  keep();
  assert.is(kept().length, 2);
});

test("where nothing can be written, programs run all the same", () => {
  const { file, folder } = program("6");
  writeFileSync(folder, "in the way");
  const { exports, keep } = started(file);
  keep();
  assert.is(exports.answer(), 6);
  assert.is(readFileSync(folder, "utf8"), "in the way");
});

test("texts beyond ASCII are read as UTF-8", () => {
  const { file } = program('"é€".length');
  assert.is(started(file).exports.answer(), 2);
});

test.run();
