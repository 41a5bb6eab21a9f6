import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { seeded } from "../../../test/fuzz/random.ts";
import { abortAt, type GatePromise } from "./promise.ts";
import { againstObjective, againstStable, capped } from "./scores.ts";
import { caughtBy, earliestPass, requestsToPass, type Look } from "./sight.ts";
import { PROMISE } from "../../../scripts/releases/promise.ts";

const test = suite("what a gate can see before anything runs");

/** A release of weights, at so many requests a second. */
const looks = (perSecond: number, weights = [0.05, 0.25, 0.5], minutes = [5, 10, 10]): Look[] =>
  weights.map((share, index) => ({ requests: perSecond * 60 * share, minutes: minutes[index]!, share }));

test("requests that the gate needs without a bad one", () => {
  for (const [objective, bunches, requests] of [
    [0.99, 1, 52],
    [0.999, 1, 512],
    [0.9995, 1, 1024],
    [0.999, 3, 1536],
  ] as const) {
    assert.is(Math.ceil(requestsToPass(objective, { ...PROMISE, bunches })), requests);
  }
});

test("the earliest pass is after the last pause, or when enough has been seen, or never", () => {
  const at = (perSecond: number, hold = 20) => earliestPass(0.999, PROMISE, looks(perSecond), hold);
  assert.is(at(10), 25);
  // 15 + 150 + 300 requests in the pauses, 47 more at 30 a minute, and the vote's and the scrape's time.
  assert.is(at(1)!.toFixed(2), "28.06");
  assert.is(at(1, 3), undefined);
  assert.is(at(0.2), undefined);
  assert.is(earliestPass(0.999, PROMISE, [], 20), undefined);
  assert.is(earliestPass(0.999, PROMISE, looks(0), 20), undefined);
});

/** The same by chance: votes that begin with the first weight, and Poisson counts. */
function simulated(objective: number, promise: GatePromise, all: readonly Look[], hold: number, count: number) {
  const random = seeded(11);
  const poisson = (mean: number): number => {
    let events = 0;
    for (let product = random.next(); product > Math.exp(-mean); product *= random.next()) events++;
    return events;
  };
  const minutes = all.flatMap((look, index) =>
    Array.from({ length: look.minutes + (index === all.length - 1 ? hold : 0) }, () => look),
  );
  const aborted = Array.from({ length: count }, () => {
    // The first vote is of a part of a minute.
    const first = random.next();
    let [objectives, stables] = [0, 0];
    return [minutes[0]!, ...minutes].findIndex(({ requests: whole, share = 1 }, index) => {
      const requests = index === 0 ? whole * first : whole;
      const others = (requests * (1 - share)) / share;
      const own = { requests, bad: poisson(requests * promise.burn * (1 - objective)) };
      const stable = { requests: others, bad: poisson(others * (1 - objective)) };
      objectives += capped(promise, againstObjective(objective, promise, own));
      stables += capped(promise, againstStable(promise, own, stable));
      const score = { both: Math.min(objectives, stables), objective: objectives, stable: stables }[promise.against];
      return score >= abortAt(promise);
    });
  });
  // What the vote of index n says is seen when it has ended: n + 1 minutes after the first weight at the latest.
  return (by: number): number => aborted.filter((vote) => vote >= 0 && vote + 1 <= by).length / count;
}

for (const against of ["objective", "stable", "both"] as const) {
  for (const [objective, perSecond] of [
    [0.99, 1],
    [0.999, 5],
    [0.999, 50],
    [0.99, 20],
  ] as const) {
    test(`caught by ${against} at ${perSecond}/s of ${objective}: never more than simulated, and hardly less`, () => {
      const promise = { ...PROMISE, against };
      const share = simulated(objective, promise, looks(perSecond), 20, 2000);
      for (const chance of [0.5, 0.9, 0.99]) {
        const { minutes, chance: said } = caughtBy(objective, promise, looks(perSecond), 20, chance);
        assert.ok(minutes !== undefined && said >= chance);
        // Three standard errors of 2000 releases.
        const error = 3 * Math.sqrt((said * (1 - said)) / 2000);
        assert.ok(share(minutes) >= said - error, `${minutes} min: said ${said}, simulated ${share(minutes)}`);
        // Both are bounded by their sum, and rounded down.
        const slack = against === "both" ? 5 : 2;
        assert.ok(
          share(minutes - slack) < chance + error,
          `${minutes} min is late: ${share(minutes - slack)} were before`,
        );
      }
    });
  }
}

test("more traffic, more burn, longer steps: never less is seen", () => {
  const chanceOf = (perSecond: number, burn: number, minutes: number): number =>
    caughtBy(0.999, { ...PROMISE, burn }, looks(perSecond, [0.05, 0.25, 0.5], [minutes, minutes, minutes]), 20, 2)
      .chance;
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 200, noNaN: true }),
      fc.constantFrom(3, 10, 30),
      fc.integer({ min: 1, max: 8 }),
      (perSecond, burn, minutes) => {
        const chance = chanceOf(perSecond, burn, minutes);
        // Whole errors against whole thresholds: a little more of anything may be a little worse, four times as much not.
        assert.ok(chanceOf(perSecond * 4, burn, minutes) >= chance - 1e-6);
        assert.ok(chanceOf(perSecond, burn * 4, minutes) >= chance - 1e-6);
        assert.ok(chanceOf(perSecond, burn, minutes * 4) >= chance - 1e-6);
        assert.ok(chance >= 0 && chance <= 1 + 1e-9);
      },
    ),
    { numRuns: 12 },
  );
});

test("bunches are as so many times fewer requests", () => {
  const of = (perSecond: number, bunches: number) => caughtBy(0.999, { ...PROMISE, bunches }, looks(perSecond), 20);
  assert.equal(of(60, 3), of(20, 1));
});

test("nothing is caught without requests, and one vote less is not enough", () => {
  assert.equal(caughtBy(0.999, PROMISE, looks(0), 20), { minutes: undefined, chance: 0 });
  assert.equal(caughtBy(0.999, PROMISE, [], 20), { minutes: undefined, chance: 0 });
  const short = (minutes: number) => caughtBy(0.999, PROMISE, looks(1000, [0.5], [minutes]), 0);
  assert.is(short(1).minutes, undefined);
  assert.is(short(2).minutes, undefined); // the second vote is seen when the release is over
  assert.is(short(4).minutes, 3);
});

test.run();
