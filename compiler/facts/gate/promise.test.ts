import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { abortAt, passAt, voteCap } from "./promise.ts";
import { PROMISE, promises } from "./test/promises.ts";

const test = suite("what a rollout's gate promises");

test("thresholds of the defaults", () => {
  assert.is(abortAt(PROMISE), 4.6052); // ln 100 = 4.60517
  assert.is(passAt(PROMISE), -4.6052);
  assert.is(abortAt({ ...PROMISE, slos: 2 }), 5.2984); // ln 200 = 5.29832
});

test("rounding takes nothing from what is promised", () => {
  fc.assert(
    fc.property(promises, (promise) => {
      assert.ok(Math.exp(-abortAt(promise)) * promise.slos <= promise.falseAbort);
      assert.ok(Math.exp(passAt(promise)) <= promise.falsePass);
    }),
  );
});

test("as many votes as have to agree are enough, and no fewer", () => {
  fc.assert(
    fc.property(promises, (promise) => {
      const votes = (count: number): number =>
        Array.from({ length: count }).reduce<number>((sum) => sum + voteCap(promise), 0);
      assert.ok(votes(promise.agree) >= abortAt(promise));
      assert.ok(votes(promise.agree - 1) < abortAt(promise));
    }),
  );
});

test.run();
