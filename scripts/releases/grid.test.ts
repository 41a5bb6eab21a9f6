import { suite } from "uvu";
import * as assert from "uvu/assert";
import { seeded } from "../../test/fuzz/random.ts";
import { bunched, poisson } from "./counts.ts";
import { PROMISE } from "./promise.ts";
import { broken, cell, HOLD, said, STRATEGIES } from "./grid.ts";
import { simulate, type Release } from "./release.ts";

/** A part of the grid of docs/releases.md, with few releases; the whole is `npm run simulate`. */
const test = suite("releases, simulated");

const DRAW = { count: 400, seed: 4 };

const release = (perSecond: number, objective: number, times: number, more: Partial<Release> = {}): Release => ({
  perSecond,
  steps: STRATEGIES.careful,
  hold: HOLD,
  objective,
  promise: PROMISE,
  latest: times * (1 - objective),
  stable: Math.min(1, times) * (1 - objective),
  bunches: { size: 1 },
  ...more,
});

test("counts are Poisson's", () => {
  const random = seeded(1);
  for (const mean of [0.3, 5, 29.9, 30.1, 400]) {
    const counts = Array.from({ length: 20_000 }, () => poisson(random, mean));
    const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / counts.length;
    // Four standard errors of either.
    assert.ok(Math.abs(average - mean) < 4 * Math.sqrt(mean / counts.length), `${mean}: ${average}`);
    assert.ok(
      Math.abs(variance - mean) < 4 * Math.sqrt((2 * mean ** 2 + mean) / counts.length),
      `${mean}: ${variance}`,
    );
  }
});

test("bunches have their size, exactly or on average", () => {
  const random = seeded(2);
  for (const geometric of [false, true]) {
    const sum = Array.from({ length: 5000 }, () => bunched(random, 12, { size: 3, geometric })).reduce((a, b) => a + b);
    assert.ok(Math.abs(sum / 5000 - 12) < 0.5, String(sum / 5000));
  }
  assert.is(bunched(random, 300, { size: 3 }) % 3, 0);
});

for (const [name, steps] of Object.entries(STRATEGIES)) {
  for (const objective of [0.99, 0.999]) {
    test(`${name}, ${objective}: what is promised is kept`, () => {
      for (const perSecond of [1, 10, 200]) {
        for (const times of [0.1, 1, 10, 100 * (objective - 0.98)]) {
          const one = release(perSecond, objective, times, { steps });
          assert.equal(broken(one, cell(one, DRAW)), [], `${perSecond}/s, ${times} times the budget`);
        }
      }
    });
  }
}

test("bunches that are said change nothing", () => {
  for (const times of [1, 10]) {
    const promise = { ...PROMISE, bunches: 3 };
    const one = release(30, 0.99, times, { promise, bunches: { size: 3 } });
    assert.equal(broken(one, cell(one, DRAW)), []);
  }
});

test("what breaks a promise is found", () => {
  // Bunches that nobody speaks of, and one vote that is enough.
  const promise = { ...PROMISE, agree: 1, against: "objective" } as const;
  const aborted = release(10, 0.999, 1, { promise, bunches: { size: 10 } });
  assert.match(broken(aborted, cell(aborted, DRAW)).join(), /aborted/);
  const passed = release(1, 0.999, 10, { bunches: { size: 30 } });
  assert.match(broken(passed, cell(passed, DRAW)).join(), /passed/);
  // A third of the requests that were spoken of.
  const late = release(3, 0.99, 10);
  const { caught } = said(release(10, 0.99, 10));
  assert.ok(cell(late, DRAW).within(caught.minutes!) < 0.99);
});

test("an incident of both versions aborts nothing, unless the objective alone counts", () => {
  const incident = { from: 8, minutes: 10, share: 0.5 };
  assert.is(cell(release(50, 0.999, 0.1, { incident }), DRAW).aborted, 0);
  const alone = release(50, 0.999, 0.1, { incident, promise: { ...PROMISE, against: "objective" } });
  assert.is(cell(alone, DRAW).aborted, 1);
});

test("what begins to fail after a long good time is aborted in minutes", () => {
  for (const perSecond of [50, 1000]) {
    const later = { from: 16, share: 0.5 };
    const { aborted, median } = cell(release(perSecond, 0.999, 0.1, { later }), DRAW);
    assert.is(aborted, 1);
    assert.ok(median! - later.from <= 4, String(median));
  }
});

test("a seed repeats a release", () => {
  const one = release(10, 0.99, 3);
  assert.equal(simulate(one, seeded(9)), simulate(one, seeded(9)));
});

test.run();
