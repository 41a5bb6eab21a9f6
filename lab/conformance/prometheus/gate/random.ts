/** Releases that a seed makes up: pods come and go, restart nothing, are not always found, and fail in some shares. */
import { seeded, type Random } from "../../../../test/fuzz/random.ts";
import { sloCounters } from "../../../../compiler/facts/gate/counters.ts";
import { gateOf, type Case } from "./ask.ts";
import { NEW, OLD, type Pod, type Requests } from "./pods.ts";
import { PROMISE } from "../../../../scripts/releases/promise.ts";
import { requestsCounted } from "./traps.ts";

const SCRAPES = 80;

export function randomCases(seed: number, count: number): Case[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => randomCase(random, `random release ${index} of ${seed}`));
}

function randomCase(random: Random, name: string): Case {
  const within = (from: number, to: number): number => from + random.below(to - from + 1);
  const pods = [
    ...Array.from({ length: within(1, 3) }, (_, index) => podOf(random, OLD, `s${index}`, within(0, 30))),
    ...Array.from({ length: within(1, 3) }, (_, index) => podOf(random, NEW, `c${index}`, within(10, 40))),
  ];
  const from = within(15, 60);
  const promise = {
    ...PROMISE,
    against: random.pick(["both", "both", "objective", "stable"] as const),
    bunches: random.pick([1, 1, 3]),
    burn: random.pick([3, 10]),
    agree: random.pick([1, 2, 3]),
  };
  const counters = sloCounters({ metric: { kind: "success-rate" } }, { name: "storefront", namespace: "shop" });
  return {
    name,
    gate: gateOf(counters, random.pick([0.99, 0.999]), promise),
    history: {
      pods,
      away: random.chance(0.3) ? Array.from({ length: within(1, 18) }, (_, index) => from + index) : [],
    },
    counting: requestsCounted(),
    moments: [20, 30, 39].map((minute) => ({ at: minute * 60 + within(1, 29), verdict: "any" as const })),
  };
}

function podOf(random: Random, version: string, name: string, born: number): Pod {
  const [rate, bad] = [random.pick([0.3, 3, 30]), random.pick([0, 0.002, 0.05, 0.3])];
  const counts = Array.from({ length: SCRAPES + 1 }, (): Requests => {
    const requests = { ok: 0, failed: 0, unavailable: 0 };
    for (let left = Math.floor(-rate * Math.log(1 - random.next())); left > 0; left--) {
      requests[random.chance(bad) ? random.pick(["failed", "unavailable"] as const) : "ok"]++;
    }
    return requests;
  });
  return {
    version,
    name,
    born,
    requests: (scrape) => counts[scrape] ?? {},
    ...(random.chance(0.3) ? { gone: born + 2 + random.below(40) } : {}),
    ...(random.chance(0.3) ? { missed: Array.from({ length: 3 }, () => born + random.below(40)) } : {}),
  };
}
