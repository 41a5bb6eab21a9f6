import fc from "fast-check";
import type { GatePromise } from "../promise.ts";

const chance = fc.double({ min: 0.0001, max: 0.2, noNaN: true });

export const promises: fc.Arbitrary<GatePromise> = fc.record({
  falseAbort: chance,
  falsePass: chance,
  burn: fc.integer({ min: 2, max: 1000 }),
  agree: fc.integer({ min: 1, max: 10 }),
  bunches: fc.integer({ min: 1, max: 10 }),
  slos: fc.integer({ min: 1, max: 20 }),
  against: fc.constantFrom("both", "objective", "stable"),
  scrape: fc.constantFrom(5, 15, 30, 60),
  vote: fc.constant(60),
  reach: fc.constant(7200),
  outage: fc.integer({ min: 6, max: 360 }).map((tens) => tens * 10),
});
