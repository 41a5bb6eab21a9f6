import { voteCap, type GatePromise } from "./promise.ts";
import { againstObjective, againstStable } from "./scores.ts";

/**
 * Where the sum of a release's votes may stand, as the chance of each cell; a cell is one CAP-th of the most that a
 * vote counts. Votes are rounded down to cells, so that a sum is never above the real one.
 */
export interface Walk {
  readonly cells: Float64Array;
  /** Index of the sum 0. */
  readonly zero: number;
  /** Index from which on the release is aborted. */
  readonly aborted: number;
  /** Aborted is aborted: the last cell, which is that one, is not left. */
  readonly once: boolean;
}

/** What a vote may say, in cells, and how likely. */
export type Vote = ReadonlyMap<number, number>;

/** What is expected of a vote's requests. */
export interface Traffic {
  /** Requests that the new version gets. */
  requests: number;
  /** Its part of all requests, 0–1. */
  share: number;
}

const CAP = 100;

/** Sums that low do not get up again, and what is that high stays above. */
const LOWEST = -30;
const ABOVE = 20;

/** A chance that is as good as none: what is left out is never aborted, so that the chance of that is still no less than said. */
const NONE = 1e-10;

/** Causes of bad events a vote beyond which more traffic makes nothing surer, so that big services are as quickly reckoned with. */
const ENOUGH = 100;

export function start(promise: GatePromise, once: boolean): Walk {
  const cell = voteCap(promise, "release") / CAP;
  const zero = Math.ceil(-LOWEST / cell);
  const aborted = zero + promise.agree * CAP;
  const cells = new Float64Array(aborted + 1 + (once ? 0 : Math.ceil(ABOVE / cell)));
  cells[zero] = 1;
  return { cells, zero, aborted, once };
}

/** What falls out of the lowest cell is lost, and so never aborted. */
export function step(walk: Walk, vote: Vote): Walk {
  const { cells, once } = walk;
  const top = cells.length - 1;
  const lowest = cells.findIndex((chance) => chance > NONE);
  const highest = cells.findLastIndex((chance, cell) => chance > NONE && !(once && cell === top));
  const next = new Float64Array(cells.length);
  if (once) next[top] = cells[top]!;
  for (const [by, chance] of vote) {
    const first = Math.max(0, lowest, -by);
    const beyond = Math.min(highest + 1, top - by); // from here on all of it is in the last cell
    for (let from = first; from < beyond; from++) next[from + by]! += chance * cells[from]!;
    for (let from = Math.max(first, beyond); from <= highest; from++) next[top]! += chance * cells[from]!;
  }
  return { ...walk, cells: next };
}

/** Either of several, each with its chance. */
export const mixed = (...walks: readonly (readonly [Walk, number])[]): Walk => ({
  ...walks[0]![0],
  cells: walks[0]![0].cells.map((_, cell) =>
    walks.reduce((sum, [{ cells }, chance]) => sum + chance * cells[cell]!, 0),
  ),
});

export const isAborted = ({ cells, aborted }: Walk): number =>
  cells.subarray(aborted).reduce((sum, chance) => sum + chance, 0);

/** A vote against the objective, of a version that burns what must not pass. */
export function objectiveVote(objective: number, promise: GatePromise, traffic: Traffic): Vote {
  const { requests, causes } = burning(objective, promise, traffic);
  return inCells(promise, function* () {
    for (const [own, chance] of poisson(causes)) {
      yield [againstObjective(objective, promise, { requests, bad: own * promise.bunches }), chance];
    }
  });
}

/** A vote against a stable version that uses up its budget. */
export function stableVote(objective: number, promise: GatePromise, traffic: Traffic): Vote {
  const { requests, causes } = burning(objective, promise, traffic);
  const { bunches } = promise;
  const served = (requests * (1 - traffic.share)) / traffic.share;
  const score = (own: number, other: number): number =>
    againstStable(promise, { requests, bad: own * bunches }, { requests: served, bad: other * bunches });
  const [perOwn, perOther] = [score(1, 0), score(0, 1)]; // it is linear in both
  const others = [...poisson((served * (1 - objective)) / bunches)];
  return inCells(promise, function* () {
    for (const [own, chance] of poisson(causes)) {
      for (const [other, otherwise] of others) yield [own * perOwn + other * perOther, chance * otherwise];
    }
  });
}

/** Requests, and the causes of bad events among them, each of which makes a whole bunch. */
function burning(objective: number, { burn, bunches }: GatePromise, { requests }: Traffic) {
  const share = Math.min(1, burn * (1 - objective)) / bunches;
  const enough = Math.min(requests, ENOUGH / share);
  return { requests: enough, causes: enough * share };
}

function inCells(promise: GatePromise, scores: () => Iterable<[score: number, chance: number]>): Vote {
  const cap = voteCap(promise, "release");
  const vote = new Map<number, number>();
  for (const [score, chance] of scores()) {
    const cells = score >= cap ? CAP : Math.floor((score / cap) * CAP + 1e-9);
    vote.set(cells, (vote.get(cells) ?? 0) + chance);
  }
  for (const [cells, chance] of vote) if (chance <= NONE) vote.delete(cells);
  return vote;
}

/** Counts and their chances, from the likeliest on to either side until they are as good as none. */
function* poisson(mean: number): Iterable<[count: number, chance: number]> {
  const mode = Math.floor(mean);
  let log = mode * Math.log(mean || 1) - mean;
  for (let count = 2; count <= mode; count++) log -= Math.log(count);
  const likeliest = Math.exp(log);
  for (let count = mode, chance = likeliest; chance > NONE; chance *= mean / ++count) yield [count, chance];
  for (let count = mode, chance = likeliest; count > 0;) {
    chance *= count-- / mean;
    if (chance <= NONE) return;
    yield [count, chance];
  }
}
