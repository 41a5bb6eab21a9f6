/** What becomes of releases of each kind, and whether it is what was promised. */
import { caughtBy, earliestPass, type Look } from "../../compiler/facts/gate/sight.ts";
import { seeded } from "../../test/fuzz/random.ts";
import { simulate, type Release, type Step } from "./release.ts";

export const HOLD = 20;

const steps = (...steps: [percent: number, minutes: number][]): Step[] =>
  steps.map(([percent, minutes]) => ({ weight: percent / 100, minutes }));

export const STRATEGIES = {
  careful: steps([5, 5], [25, 10], [50, 10]),
  patient: steps([10, 15], [50, 30]),
  quick: steps([20, 2], [50, 3]),
  "one step": steps([10, 10]),
};

export interface Cell {
  /** Shares of the releases, 0–1. */
  aborted: number;
  passed: number;
  held: number;
  /** Minutes until half of those that are aborted are. */
  median: number | undefined;
  /** Of all releases, those that were aborted within so many minutes. */
  within(minutes: number): number;
}

export function cell(release: Release, { count, seed }: Draw): Cell {
  const random = seeded(seed);
  const outcomes = Array.from({ length: count }, () => simulate(release, random));
  const aborted = outcomes.flatMap(({ aborted }) => aborted ?? []).sort((a, b) => a - b);
  const passed = outcomes.filter(({ passed }) => passed !== undefined).length;
  return {
    aborted: aborted.length / count,
    passed: passed / count,
    held: (count - aborted.length - passed) / count,
    median: aborted[Math.floor(aborted.length / 2)],
    within: (minutes) => aborted.filter((minute) => minute <= minutes).length / count,
  };
}

export interface Draw {
  /** Releases of a cell. */
  count: number;
  seed: number;
}

/** What the compiler says of a release before it runs. */
export function said({ perSecond, steps, objective, promise, hold }: Release) {
  const looks = steps.map(({ weight, minutes }): Look => ({
    requests: perSecond * 60 * weight,
    minutes,
    share: weight,
  }));
  return {
    earliest: earliestPass(objective, promise, looks, hold),
    caught: caughtBy(objective, promise, looks, hold),
  };
}

/** Points that a simulated chance may be beside the promised one. */
const BESIDE = 0.005;

/** What a cell does not keep of what was promised; nothing where it does. */
export function broken(release: Release, cell: Cell): string[] {
  const { objective, promise, latest, stable, incident, later } = release;
  const allowed = 1 - objective;
  const objectiveKept = incident === undefined && later === undefined && latest <= allowed * (1 + 1e-9);
  const kept = objectiveKept || (later === undefined && promise.against !== "objective" && latest <= stable);
  const burnt = latest >= Math.min(1, promise.burn * allowed) * (1 - 1e-9);
  const { caught } = said(release);
  return [
    ...(kept && cell.aborted > promise.falseAbort + BESIDE ? [`aborted ${cell.aborted}`] : []),
    ...(burnt && cell.passed > promise.falsePass + BESIDE ? [`passed ${cell.passed}`] : []),
    ...(burnt && !kept && caught.minutes !== undefined && cell.within(caught.minutes) < 0.99
      ? [`caught ${cell.within(caught.minutes)} in ${caught.minutes} min`]
      : []),
    // Between the two, and in an incident, anything may be held.
    ...(caught.minutes !== undefined && (objectiveKept || (burnt && !kept)) && cell.held > 0.02
      ? [`held ${cell.held}`]
      : []),
  ];
}
