/** Whole releases with random requests, look by look. */
import { sloCounters } from "../../../../compiler/facts/gate/counters.ts";
import { caughtBy } from "../../../../compiler/facts/gate/sight.ts";
import { poisson } from "../../../../scripts/releases/counts.ts";
import { seeded, type Random } from "../../../../test/fuzz/random.ts";
import { gateOf, type Case, type Moment } from "./ask.ts";
import { NEW, OLD, SCRAPE, type Pod, type Requests } from "./pods.ts";
import { PROMISE } from "../../../../scripts/releases/promise.ts";
import { requestsCounted } from "./traps.ts";

/** A release, and what became of it by its requests alone. */
export interface Played {
  /** How many times the bad events that are allowed. */
  times: number;
  /** Looks until it was decided; the last one of those of a release that was held. */
  minutes: number;
  end: "aborted" | "passed" | "neither";
  /** The minutes that the compiler says a burn is caught in. */
  within: number | undefined;
  /** Every look of it, to be asked of promtool. */
  asked: Case;
}

const STEPS = [
  { weight: 0.05, minutes: 5 },
  { weight: 0.25, minutes: 10 },
  { weight: 0.5, minutes: 10 },
];
const [PAUSES, HOLD] = [25, 20];
/** Minutes of the stable version alone. */
const BEFORE = 10;

/** Traffic and objective: where a burn of ten is caught within the release. */
const PLACES = [
  { perSecond: 10, objective: 0.99 },
  { perSecond: 50, objective: 0.999 },
  { perSecond: 1000, objective: 0.9995 },
];

export function play(seed: number, each: number): Played[] {
  const random = seeded(seed);
  return PLACES.flatMap((place) =>
    [1, 10].flatMap((times) => Array.from({ length: each }, (_, index) => released(random, place, times, index))),
  );
}

function released(
  random: Random,
  { perSecond, objective }: (typeof PLACES)[number],
  times: number,
  index: number,
): Played {
  const counters = sloCounters({ metric: { kind: "success-rate" } }, { name: "storefront", namespace: "shop" });
  const gate = gateOf(counters, objective, PROMISE);
  const begins = (BEFORE * 60) / SCRAPE + random.below(2);
  const allowed = 1 - objective;
  const counted = Array.from({ length: begins + ((PAUSES + HOLD + 1) * 60) / SCRAPE }, (_, scrape) => {
    const share = scrape < begins ? 0 : weightAt(((scrape - begins) * SCRAPE) / 60);
    const all = perSecond * SCRAPE;
    const requests = (of: number, bad: number): Requests => ({
      ok: poisson(random, of * (1 - bad)),
      failed: poisson(random, of * bad),
    });
    return { [OLD]: requests(all * (1 - share), allowed), [NEW]: requests(all * share, times * allowed) };
  });
  const pod = (version: string, born: number): Pod => ({
    version,
    name: version,
    born,
    requests: (scrape) => counted[scrape]?.[version] ?? {},
  });
  const history = { pods: [pod(OLD, 0), pod(NEW, begins)] };
  const moments: Moment[] = [];
  let [minutes, end]: [number, Played["end"]] = [0, "neither"];
  while (end === "neither" && minutes < PAUSES + HOLD) {
    minutes++;
    const at = begins * SCRAPE + minutes * 60 + random.below(SCRAPE);
    const answers = gate.answers!(history, at);
    if (answers.watch !== undefined && answers.watch >= gate.abortAt) end = "aborted";
    else if (minutes >= PAUSES && answers.gate !== undefined && answers.gate <= gate.passAt) end = "passed";
    moments.push({ at, verdict: end === "neither" ? "any" : end });
  }
  const looks = STEPS.map(({ weight, minutes }) => ({ requests: perSecond * 60 * weight, minutes, share: weight }));
  return {
    times,
    minutes,
    end,
    within: caughtBy(objective, PROMISE, looks, HOLD).minutes,
    asked: {
      name: `release ${index}, ${times} times what ${objective} allows, at ${perSecond}/s`,
      gate,
      history,
      counting: requestsCounted(),
      moments,
    },
  };
}

function weightAt(minute: number): number {
  let begins = 0;
  for (const { weight, minutes } of STEPS) {
    if (minute < begins + minutes) return weight;
    begins += minutes;
  }
  return STEPS.at(-1)!.weight;
}
