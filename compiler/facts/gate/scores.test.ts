import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { againstObjective, againstStable, capped } from "./scores.ts";
import { promises } from "./test/promises.ts";

/**
 * The steps of the proofs in docs/releases.md, by enumeration: what a vote multiplies the evidence with is at most 1 on
 * average, so that Ville's inequality bounds how often it ever gets as high as the threshold.
 */
const test = suite("scores of votes keep what is promised");

const share = fc.double({ min: 0, max: 1, noNaN: true });
const objectives = fc.double({ min: 0.5, max: 0.9999, noNaN: true });

/** A little more than what sums of rounded products may be beside 1. */
const ONE = 1 + 1e-9;

/** Requests, each of which fails with that chance, and takes up to `bunches` others with it. */
function onAverage(requests: number, chance: number, factor: (causes: number) => number): number {
  let [sum, likely] = [0, (1 - chance) ** requests];
  for (let causes = 0; causes <= requests; causes++) {
    if (likely > 0) sum += likely * factor(causes);
    likely *= ((requests - causes) / (causes + 1)) * (chance / (1 - chance));
  }
  return sum;
}

const few = fc.integer({ min: 0, max: 60 });

test("a version that keeps the objective gathers no evidence against itself", () => {
  fc.assert(
    fc.property(promises, objectives, few, share, share, (promise, objective, causes, part, size) => {
      // So many causes, each of which makes a bunch of at most the promised size.
      const bunch = 1 + Math.floor(size * (promise.bunches - 1));
      const requests = causes * bunch;
      const chance = part * (1 - objective) * 0.999999;
      const mean = onAverage(causes, chance, (bad) =>
        Math.exp(capped(promise, againstObjective(objective, promise, { requests, bad: bad * bunch }))),
      );
      assert.ok(mean <= ONE, String(mean));
    }),
  );
});

test("a version that burns what must not pass gathers none for itself", () => {
  fc.assert(
    fc.property(promises, objectives, few, share, share, (promise, objective, causes, part, size) => {
      const bunch = 1 + Math.floor(size * (promise.bunches - 1));
      const least = promise.burn * (1 - objective);
      fc.pre(least < 0.999);
      const chance = least + part * (0.999 - least);
      const mean = onAverage(causes, chance, (bad) =>
        Math.exp(-againstObjective(objective, promise, { requests: causes * bunch, bad: bad * bunch })),
      );
      assert.ok(mean <= ONE, String(mean));
    }),
  );
});

test("a version as good as the stable one gathers none against itself, whatever fails for both", () => {
  fc.assert(
    fc.property(promises, few, few, few, share, (promise, own, stable, causes, size) => {
      fc.pre(own + stable > 0);
      const bunch = 1 + Math.floor(size * (promise.bunches - 1));
      // Each cause is the new version's as often as its share of the requests says.
      const chance = Math.min(0.999999, own / (own + stable));
      const mean = onAverage(causes, chance, (mine) =>
        Math.exp(
          capped(
            promise,
            againstStable(
              promise,
              { requests: own, bad: mine * bunch },
              { requests: stable, bad: (causes - mine) * bunch },
            ),
          ),
        ),
      );
      assert.ok(mean <= ONE, String(mean));
    }),
  );
});

test("bunches larger than promised would break it", () => {
  const promise = {
    falseAbort: 0.01,
    falsePass: 0.01,
    burn: 10,
    agree: 1,
    bunches: 1,
    slos: 1,
    against: "both",
  } as const;
  const whole = { ...promise, scrape: 30, vote: 60, reach: 7200, outage: 600 };
  const mean = onAverage(100, 0.001, (bad) =>
    Math.exp(againstObjective(0.999, whole, { requests: 300, bad: bad * 3 })),
  );
  assert.ok(mean > 1.1);
});

test("no requests say nothing", () => {
  fc.assert(
    fc.property(
      promises,
      objectives,
      fc.record({ requests: few, bad: fc.constant(0) }),
      (promise, objective, stable) => {
        const none = { requests: 0, bad: 0 };
        assert.is(againstObjective(objective, promise, none), 0);
        assert.is(againstStable(promise, none, stable), 0);
      },
    ),
  );
});

test.run();
