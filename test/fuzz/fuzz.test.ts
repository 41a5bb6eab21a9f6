import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { faultsOf, judge } from "./judge.ts";
import { fuzz, inputsOf, SLOW } from "./run.ts";

/**
 * A part of `npm run fuzz`: random configs, each answered with findings or files, never with an exception, and in time.
 */
const test = suite("fuzz");

const SEED = 20_261_129;

test("random configs are answered", async () => {
  const { reached, ids, slowest, faults } = await fuzz(SEED, 400);
  assert.equal(
    [...faults].map(([fault, index]) => `${fault}\n  npm run fuzz -- --seed ${SEED} --first ${index} --configs 1`),
    [],
  );
  assert.ok(slowest.ratio < SLOW, `config ${slowest.index} took ${slowest.ratio} times the median`);
  // Configs that are all refused at once, or all fine, would prove little.
  assert.ok(reached["written"]! > 40 && reached["check"]! > 20 && reached["validate"]! > 100, JSON.stringify(reached));
  assert.ok(ids.size > 25, String(ids.size));
});

test("a seed and an index stand for one config", () => {
  assert.equal(inputsOf(SEED, 7), inputsOf(SEED, 7));
  assert.not.equal(inputsOf(SEED, 7), inputsOf(SEED, 8));
  assert.not.equal(inputsOf(SEED, 7), inputsOf(SEED + 1, 7));
});

test("an exception is a fault, with the place in the compiler", async () => {
  const { reached, faults } = await judge(inputsOf(SEED, 0), () => {
    throw new TypeError("broken on purpose");
  });
  assert.is(reached, "thrown");
  assert.match(faults[0]!, /^TypeError: broken on purpose\n\s+at /);
});

const finding: Diagnostic = {
  id: "schema/wrong-type",
  severity: "error",
  at: "services.web[0]",
  message: "min must be a number",
};
const wrong: readonly (readonly [Partial<Diagnostic>, RegExp])[] = [
  [{ id: "schema/no-such-id" }, /^no id of the catalogue/],
  [{ at: "services web" }, /^not at a path/],
  [{ at: 'services["web' }, /^not at a path/],
  [{ related: [{ at: "a b", message: "x" }] }, /^not at a path/],
  [{ message: " " }, /^says nothing/],
  [{ message: "min is undefined" }, /^not in words/],
  [{ message: "costs NaN" }, /^not in words/],
  [{ hint: "take [object Object]" }, /^not in words/],
];

test("a finding has a known id, a place and words", () => {
  assert.equal(faultsOf(finding), []);
  for (const [change, fault] of wrong) assert.match(faultsOf({ ...finding, ...change }).join(), fault);
});

test.run();
