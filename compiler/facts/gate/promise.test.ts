import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { abortAt, momentBehind, passAt, voteCap } from "./promise.ts";
import { PROMISE } from "../../../scripts/releases/promise.ts";
import { promises } from "./test/promises.ts";

const test = suite("what a rollout's gate promises");

test("thresholds of the defaults", () => {
  assert.is(abortAt(PROMISE), 4.7106); // ln (100 / 0.9) = 4.71053
  assert.is(passAt(PROMISE), -4.6052);
  assert.is(abortAt({ ...PROMISE, slos: 2 }), 5.4037); // ln (200 / 0.9) = 5.40368
});

test("rounding takes nothing from what is promised", () => {
  fc.assert(
    fc.property(promises, (promise) => {
      const { slos, reach, vote, falseAbort } = promise;
      const release = Math.exp(-abortAt(promise));
      const moments = (reach / vote) * Math.exp(-abortAt(promise) - momentBehind(promise));
      assert.ok(slos * (release + moments) <= falseAbort);
      assert.ok(Math.exp(passAt(promise)) <= promise.falsePass);
    }),
  );
});

test("as many votes as have to agree are enough, and no fewer", () => {
  fc.assert(
    fc.property(promises, (promise) => {
      for (const [span, needed] of [
        ["release", abortAt(promise)],
        ["moment", abortAt(promise) + momentBehind(promise)],
      ] as const) {
        const votes = (count: number): number =>
          Array.from({ length: count }).reduce<number>((sum) => sum + voteCap(promise, span), 0);
        assert.ok(votes(promise.agree) >= needed);
        assert.ok(votes(promise.agree - 1) < needed);
      }
    }),
  );
});

test.run();
