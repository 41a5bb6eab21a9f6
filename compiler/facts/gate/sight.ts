import { passAt, type GatePromise } from "./promise.ts";
import {
  isAborted,
  mixed,
  objectiveVote,
  stableVote,
  start,
  step,
  type Traffic,
  type Vote,
  type Walk,
} from "./walk.ts";

/** What a step of a release shows of the new version, during its pause. */
export interface Look {
  /** Requests a minute that the new version gets. */
  requests: number;
  minutes: number;
  /**
   * Its part of the requests of both versions, 0–1: what the comparison with the stable version takes. Without it the
   * objective alone is reckoned with.
   */
  share?: number;
}

/** Requests without a bad event that the gate needs before it passes. */
export const requestsToPass = (objective: number, promise: GatePromise): number =>
  (-passAt(promise) * promise.bunches) / ((promise.burn - 1) * (1 - objective));

/**
 * Minutes from the first weight to where the gate can pass at the earliest, without one bad event and never before the
 * last pause is over; undefined where that needs more requests than the looks and `hold` minutes at the last of them
 * bring.
 */
export function earliestPass(
  objective: number,
  promise: GatePromise,
  looks: readonly Look[],
  hold: number,
): number | undefined {
  let needed = requestsToPass(objective, promise);
  let minutes = 0;
  for (const look of held(looks, hold)) {
    if (look.requests * look.minutes >= needed) {
      const seen = minutes + needed / look.requests + delay(promise);
      return seen > lasting(looks) + hold ? undefined : Math.max(seen, lasting(looks));
    }
    needed -= look.requests * look.minutes;
    minutes += look.minutes;
  }
  return undefined;
}

/**
 * Minutes from the first weight within which a release that burns `promise.burn` is aborted with that chance, and the
 * chance; without minutes the chance is that of all looks and the hold. The chance is at least what is said, for causes
 * that are independent of one another, and a stable version that uses up its budget.
 *
 * Computed exactly for one score. Where both are needed they are not independent: at most the sum of the chances that
 * either is too low yet is the chance that one of them is.
 */
export function caughtBy(
  objective: number,
  promise: GatePromise,
  looks: readonly Look[],
  hold: number,
  chance = 0.99,
): { minutes: number; chance: number } | { minutes: undefined; chance: number } {
  const scores = scoresOf(objective, promise, looks);
  const minutes = promise.vote / 60;
  const traffic = perVote(held(looks, hold), minutes);
  let walks = scores.map((vote) => begun(promise, scores.length === 1, vote, traffic));
  let best = 0;
  for (let votes = 1; votes < traffic.length; votes++) {
    if (votes > 1) walks = walks.map((walk, index) => step(walk, scores[index]!(traffic[votes - 1]!)));
    best = Math.max(best, 1 - walks.reduce((missed, walk) => missed + 1 - isAborted(walk), 0));
    if (best >= chance) return { minutes: Math.ceil((votes + 1) * minutes), chance: best };
  }
  return { minutes: undefined, chance: best };
}

/**
 * The sum at the second look. Votes end where the clock says, and not with the first weight: the first one is about a
 * part of a vote's time, and where that part and the age of the last scrape are longer than a vote it is the only one.
 */
function begun(
  promise: GatePromise,
  single: boolean,
  vote: (traffic: Traffic) => Vote,
  [first]: readonly Traffic[],
): Walk {
  const none = start(promise, single);
  if (first === undefined) return none;
  const fresh = promise.scrape / promise.vote;
  const parts = Array.from({ length: PARTS }, (_, index): [Walk, number] => {
    const [from, to] = [(index / PARTS) ** 2, ((index + 1) / PARTS) ** 2];
    const part = (from + to) / 2;
    const late = Math.min(1, Math.max(0, (part + fresh - 1) / fresh));
    const walk = step(none, vote({ ...first, requests: first.requests * part }));
    return [mixed([walk, late], [step(walk, vote(first)), 1 - late]), to - from];
  });
  return mixed(...parts);
}

/** Short parts are looked at closely: of few requests without a bad one remains a score that is worse than nothing. */
const PARTS = 16;

/** What the watch's answer is the smallest of. */
function scoresOf(objective: number, promise: GatePromise, looks: readonly Look[]): ((traffic: Traffic) => Vote)[] {
  const compared = looks.every(({ share }) => share !== undefined);
  const against = compared ? promise.against : "objective";
  return [...(against === "stable" ? [] : [objectiveVote]), ...(against === "objective" ? [] : [stableVote])].map(
    (vote) => once((traffic) => vote(objective, promise, traffic)),
  );
}

/** Most votes of a step are alike. */
function once(vote: (traffic: Traffic) => Vote): (traffic: Traffic) => Vote {
  const known = new Map<string, Vote>();
  return (traffic) => {
    const key = `${traffic.requests} ${traffic.share}`;
    if (!known.has(key)) known.set(key, vote(traffic));
    return known.get(key)!;
  };
}

/** The gate goes on looking at the last step's traffic. */
const held = (looks: readonly Look[], hold: number): Look[] =>
  looks.map((look, index) => (index === looks.length - 1 ? { ...look, minutes: look.minutes + hold } : look));

const lasting = (looks: readonly Look[]): number => looks.reduce((sum, { minutes }) => sum + minutes, 0);

/** Minutes until what happened is seen: the vote has to end, and its last scrape has to have been made. */
const delay = ({ vote, scrape }: GatePromise): number => (vote + scrape) / 60;

/** The requests of each vote; of one in which a step begins, those of both. */
function perVote(looks: readonly Look[], minutes: number): Traffic[] {
  const votes: Traffic[] = [];
  let left = minutes;
  let requests = 0;
  let all = 0;
  for (const look of looks) {
    for (let rest = look.minutes; rest > 0;) {
      const part = Math.min(rest, left);
      requests += part * look.requests;
      all += (part * look.requests) / (look.share || 1);
      rest -= part;
      left -= part;
      if (left > 1e-9) continue;
      votes.push({ requests, share: all > 0 ? requests / all : 1 });
      [left, requests, all] = [minutes, 0, 0];
    }
  }
  return votes;
}
