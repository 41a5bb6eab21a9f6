import { suite } from "uvu";
import * as assert from "uvu/assert";
import { attack, type Findings } from "./engine.ts";
import { freeFields, freeTexts } from "./free-texts.ts";
import { harmless, harmlessImages } from "./harmless.ts";
import { PAYLOADS } from "./payloads.ts";
import { compileData } from "./phases.ts";

/**
 * No text of the config breaks out of what it is written into. Each free text × each hostile string: the compiler
 * either refuses it with a finding, or every file parses to what it is for a harmless word, with the hostile string in
 * the word's place and nothing else changed: never structure, never another value.
 */
const test = suite("hostile strings");

/** Where the config holds a language of its own, or what only selects something. */
const NOT_TEXT = new Set([
  "Counter.matchers.*", // strings of PromQL inside of queries: compiler/targets/argo-rollouts/analysis.test.ts has one
  "Counter.matchers.*.matches",
  "Counter.matchers.*.unlike",
  "Patch.target", // another one matches nothing, which is a finding
  "Patch.kind",
  "JsonPatchOperation.from",
  "Extra.root", // another one is no root, which is a finding
]);

const words = [
  ...new Set(
    freeTexts(harmless)
      .filter(({ field }) => !NOT_TEXT.has(field))
      .map(({ text }) => text),
  ),
];

test("every free text of the vocabulary is written in the harmless ecosystem", () => {
  const seen = new Set(freeTexts(harmless).map(({ field }) => field));
  assert.equal(
    [...freeFields()].filter((field) => !seen.has(field) && !NOT_TEXT.has(field)),
    [],
  );
});

test("the harmless ecosystem is sound", async () => {
  assert.equal((await compileData(harmless, harmlessImages)).errors, []);
});

let findings: Findings;

test("each free text × each hostile string", async () => {
  findings = await attack(harmless, words);
  assert.equal(findings.broken, []);
});

/** NUL, alone and after a word: no process takes it in an argument or a variable. */
const NEVER_TEXT = 2;

test("what people write freely takes every hostile string that is text at all", () => {
  for (const word of ["zqvalueofenv", "zqcontent", "--zqarg"])
    assert.ok(
      (findings.accepted.get(word) ?? 0) >= PAYLOADS.length - NEVER_TEXT,
      `${word}: ${findings.accepted.get(word)} of ${PAYLOADS.length}`,
    );
});

test("and it was tried often enough to mean something", () => {
  console.log(
    `\n  ${findings.parsed} files with hostile strings read back: ${words.length} texts, ${PAYLOADS.length} strings`,
  );
  assert.ok(findings.parsed >= 6000, String(findings.parsed));
});

test.run();
