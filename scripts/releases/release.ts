/** One release after another, with random requests, as its watch and its gate see them. */
import {
  abortAt,
  momentBehind,
  momentVotes,
  passAt,
  voteCap,
  type GatePromise,
  type Span,
} from "../../compiler/facts/gate/promise.ts";
import { againstObjective, againstStable, type Counted } from "../../compiler/facts/gate/scores.ts";
import type { Random } from "../../test/fuzz/random.ts";
import { bunched, poisson, type Bunches } from "./counts.ts";

export interface Step {
  /** The new version's part of the requests, 0–1. */
  weight: number;
  minutes: number;
}

export interface Release {
  /** Requests a second that the service gets. */
  perSecond: number;
  steps: readonly Step[];
  /** Minutes that the gate goes on after the last pause. */
  hold: number;
  objective: number;
  promise: GatePromise;
  /** Shares of bad events, 0–1. */
  latest: number;
  stable: number;
  bunches: Bunches;
  /** While it lasts both versions fail alike, for whatever both depend on. */
  incident?: { from: number; minutes: number; share: number };
  /** From then on the new version alone fails so often. */
  later?: { from: number; share: number };
}

/** What became of a release, and after how many minutes; neither where a person has to decide. */
export interface Outcome {
  aborted?: number;
  passed?: number;
}

/**
 * Scrapes, votes and looks are as far apart as promised and begin at moments of their own: a vote holds what was
 * scraped up to its end, and a look sees the votes that have ended.
 */
export function simulate(release: Release, random: Random): Outcome {
  const { promise, hold, objective } = release;
  const { scrape, vote } = promise;
  const [firstScrape, firstVote] = [random.next() * scrape, random.next() * vote];
  const pauses = 60 * release.steps.reduce((sum, { minutes }) => sum + minutes, 0);
  const atLatest = requestsUntil(release);
  const [watch, abort, pass] = [watching(promise), abortAt(promise), passAt(promise)];
  let watched = -Infinity;
  let evidence = 0;
  let [scraped, end] = [0, firstVote];
  for (let look = 0; look <= pauses + 60 * hold; look += vote) {
    for (; end <= look; end += vote) {
      const last = end < firstScrape ? 0 : firstScrape + Math.floor((end - firstScrape) / scrape) * scrape;
      const requests = atLatest(last) - atLatest(scraped);
      const others = release.perSecond * (last - scraped) - requests;
      const failing = fails(release, end / 60);
      const own = counted(random, requests, failing ?? worsened(release, end / 60) ?? release.latest, release.bunches);
      const stable = counted(random, others, failing ?? release.stable, release.bunches);
      const score = againstObjective(objective, promise, own);
      evidence += score;
      watched = watch(score, againstStable(promise, own, stable));
      scraped = last;
    }
    if (watched >= abort) return { aborted: look / 60 };
    if (look >= pauses && evidence <= pass) return { passed: look / 60 };
  }
  return {};
}

/** What the watch answers after each further vote. */
function watching(promise: GatePromise): (objective: number, stable: number) => number {
  const sums = { release: [0, 0], moment: [0, 0] };
  const caps = { release: voteCap(promise, "release"), moment: voteCap(promise, "moment") };
  const [length, behind] = [momentVotes(promise), momentBehind(promise)];
  const votes: number[][] = [];
  const add = (span: Span, scores: readonly number[]): void =>
    scores.forEach((score, index) => (sums[span][index]! += Math.min(score, caps[span])));
  const over = (span: Span): number => {
    const [objective, stable] = sums[span];
    return { objective, stable, both: Math.min(objective!, stable!) }[promise.against]!;
  };
  return (...scores) => {
    add("release", scores);
    votes.push(scores);
    sums.moment = [0, 0];
    for (const vote of votes.slice(-length)) add("moment", vote);
    return Math.max(over("release"), over("moment") - behind);
  };
}

const fails = ({ incident }: Release, minute: number): number | undefined =>
  incident && minute > incident.from && minute <= incident.from + incident.minutes ? incident.share : undefined;

const worsened = ({ later }: Release, minute: number): number | undefined =>
  later && minute > later.from ? later.share : undefined;

function counted(random: Random, mean: number, share: number, bunches: Bunches): Counted {
  const bad = bunched(random, mean * share, bunches);
  return { requests: poisson(random, mean * (1 - share)) + bad, bad };
}

/** Requests that the new version is expected to have got so many seconds after the first weight. */
function requestsUntil({ steps, perSecond }: Release): (seconds: number) => number {
  return (seconds) => {
    let [requests, left] = [0, seconds];
    for (const [index, { weight, minutes }] of steps.entries()) {
      const during = index === steps.length - 1 ? left : Math.min(left, minutes * 60);
      requests += during * weight * perSecond;
      left -= during;
    }
    return requests;
  };
}
