import type { Counter, Counters } from "./counters.ts";
import { momentBehind, momentVotes, voteCap, type GatePromise, type Span } from "./promise.ts";

/** The hashes of the versions' pods, or template arguments such as `{{args.version}}`. */
export interface Versions {
  latest: string;
  /** Without it there is nothing to compare with. */
  stable?: string;
}

/**
 * The score that the watch aborts on from `abortAt`; empty where the version has no pods.
 *
 * A vote's score is the log-likelihood ratio of "bad events are `burn` times as frequent as the objective allows"
 * against "as frequent as it allows", or of "burn times as frequent as the stable version's" against "as frequent".
 * docs/releases.md has the formulas, and why they keep what they promise.
 */
export function watchQuery(counters: Counters, objective: number, promise: GatePromise, versions: Versions): string {
  const over = (span: Span): string => score(counters, objective, promise, versions, span);
  const moment = `${over("moment")}\n- ${number(momentBehind(promise))}`;
  return largest({ release: over("release"), moment });
}

/** The score that the gate passes on at `passAt` and below; empty where the version has no pods. */
export const gateQuery = (counters: Counters, objective: number, promise: GatePromise, versions: Versions): string =>
  sum(objectiveScore(counters, objective, promise, versions.latest), counters, promise, versions.latest, promise.reach);

function score(counters: Counters, objective: number, promise: GatePromise, versions: Versions, span: Span): string {
  const { latest, stable } = versions;
  const reach = span === "release" ? promise.reach : momentVotes(promise) * promise.vote;
  const capped = (vote: string): string =>
    sum(`clamp_max(\n${vote},\n${number(voteCap(promise, span))})`, counters, promise, latest, reach);
  const thanObjective = capped(objectiveScore(counters, objective, promise, latest));
  if (promise.against === "objective" || stable === undefined) return thanObjective;
  const thanStable = `${capped(stableScore(counters, promise, latest))}\nand on () (${isServed(counters, stable)})`;
  return promise.against === "stable"
    ? `(${thanStable}\nor\n${thanObjective})`
    : smallest({ objective: thanObjective, stable: thanStable });
}

const smallest = (scores: Readonly<Record<string, string>>): string => `min(\n${named(scores)}\n)`;
const largest = (scores: Readonly<Record<string, string>>): string => `max(\n${named(scores)}\n)`;

/** Several scores as one vector: what tells them apart is a label. */
const named = (scores: Readonly<Record<string, string>>): string =>
  Object.entries(scores)
    .map(([name, score]) => `label_replace(${score}, "score", "${name}", "", "")`)
    .join("\nor\n");

function objectiveScore(counters: Counters, objective: number, promise: GatePromise, version: string): string {
  const { burn } = promise;
  const allowed = (burn - 1) * (1 - objective);
  const score = `${number(Math.log(burn))} * ${bad(counters, promise, version)}\n- ${number(allowed)} * ${events(counters.total, promise, version)}`;
  return perCause(score, promise);
}

/**
 * Whose were the bad events of both versions? They say nothing where nothing was known a vote ago: a Prometheus that
 * has just begun takes all that the stable version has ever counted for that minute's.
 */
function stableScore(counters: Counters, promise: GatePromise, version: string): string {
  const { burn, vote } = promise;
  const { total } = counters;
  const share = `${events(total, promise, version)} / clamp_min(${events(total, promise)}, 1)`;
  const score = `${number(Math.log(burn))} * ${bad(counters, promise, version)}\n- ${bad(counters, promise)}\n* ln(1 + ${number(burn - 1)} * ${share})`;
  return `${perCause(score, promise)}\nand on () ${last(total, lookback(promise), undefined, ` offset ${duration(vote)}`)}`;
}

/** The comparison falls away where the stable version gets no requests, as after a switch. */
const isServed = ({ total }: Counters, stable: string): string => `sum(increase(${select(total, stable)}[10m])) > 0`;

/** A cause makes up to `bunches` bad events: a request and its retries. */
const perCause = (score: string, { bunches }: GatePromise): string =>
  bunches === 1 ? score : `(${score}) / ${number(bunches)}`;

/**
 * The sum of the votes within reach, since the oldest of the version's pods began that is still there. A retry has the same hash: its
 * score begins at nothing once the aborted pods are gone.
 */
function sum(vote: string, { total }: Counters, promise: GatePromise, version: string, reach: number): string {
  const { vote: step, scrape } = promise;
  const window = step + scrape; // one missed scrape does no harm
  const still = `${last(total, window, version)} and on (pod) ${last(total, window, version, " @ end()")}`;
  return `sum_over_time((\n${vote}\nand on () (${still})\n)[${duration(reach)}:${duration(step)}])`;
}

const bad = ({ total, good }: Counters, promise: GatePromise, version?: string): string =>
  `(${events(total, promise, version)} - (${events(good, promise, version)} or vector(0)))`;

/**
 * Events of the last vote, of each series: what it has more than a vote ago, and all of it where it was not there or
 * has begun anew. `increase` is blind to the first events of a series, and Envoy makes one for each caller and code.
 */
function events(counter: Counter, promise: GatePromise, version?: string): string {
  const now = last(counter, lookback(promise), version);
  const before = last(counter, lookback(promise), version, ` offset ${duration(promise.vote)}`);
  return `sum((${now} - ${before} >= 0) or ${now})`;
}

/** Far enough to bridge the longest outage that does not abort the release. */
const lookback = ({ outage, vote, scrape }: GatePromise): number => outage + vote + scrape;

const last = (counter: Counter, seconds: number, version?: string, at = ""): string =>
  `last_over_time(${select(counter, version)}[${duration(seconds)}]${at})`;

/** The label is the one that Prometheus copies from the pods; without a version it is all of them. */
const select = ({ name, matchers }: Counter, version?: string): string =>
  `${name}{${[...(matchers ? [matchers] : []), ...(version === undefined ? [] : [`rollouts_pod_template_hash="${version}"`])].join(",")}}`;

/** Twelve digits: millions of requests a minute are still counted to the third decimal. */
const number = (value: number): string => String(Number(value.toPrecision(12)));

/** Prometheus takes whole numbers of units alone. */
const duration = (seconds: number): string =>
  Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`;
