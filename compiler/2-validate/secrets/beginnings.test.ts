import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { wordsBeginning } from "./beginnings.ts";
import { TRACES } from "./shapes.ts";
import { drawing } from "./test/random.ts";
import { sample } from "./test/sampler.ts";

const REGEX = new RegExp(`\\b(?:${TRACES.join("|")})`);
const has = wordsBeginning(TRACES);

test("every trace begins as a word does, and has three characters", () => {
  for (const [index, trace] of TRACES.entries())
    for (const draw of [0, 1, 2, 3].map((round) => drawing(4 * index + round))) {
      assert.match(sample(trace, draw), /^\w/, trace);
      assert.ok(sample(trace, draw).length >= 3, trace);
    }
});

test("whatever has a trace is found, wherever it stands", () => {
  for (const [index, trace] of TRACES.entries()) {
    for (let round = 0; round < 20; round++) {
      const text = sample(trace, drawing(20 * index + round));
      for (const around of ["", " ", "é", "a: ", "-----", "\u0100 "])
        assert.ok(has(`${around}${text}`), `${trace}: ${around}${text}`);
    }
  }
});

test("it says what the regular expression says", () => {
  const piece = fc.oneof(
    fc.constantFrom(...TRACES).map((trace) => sample(trace, drawing(7))),
    fc.constantFrom(...TRACES).map((trace) => sample(trace, drawing(7)).slice(0, 3)),
    fc.string({ unit: "binary", maxLength: 5 }),
    fc.constantFrom("_", "-", " ", ".", "a", "7", "é", "\n", "/"),
  );
  const text = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (each) => assert.is(has(each), REGEX.test(each), each)),
    { numRuns: 5000, seed: 7 },
  );
});

test.run();
