/**
 * Pods whose requests are known one by one: the series that Prometheus would have of them, and what a gate has to make
 * of these, computed from the requests themselves.
 */
import { momentBehind, momentVotes, type GatePromise, type Span } from "../../../../compiler/facts/gate/promise.ts";
import { againstObjective, againstStable, capped, type Counted } from "../../../../compiler/facts/gate/scores.ts";

/** Seconds between scrapes; the number of a scrape is its time. */
export const SCRAPE = 30;

/** Of the label that tells versions apart. */
export const [NEW, OLD] = ["new", "old"];

export interface Pod {
  version: string;
  name: string;
  /** First scrape. */
  born: number;
  /** First scrape that finds it gone. */
  gone?: number;
  /** Scrapes that it did not answer. */
  missed?: readonly number[];
  /** Scrapes before which its proxy began anew, so that the counters did. */
  restarted?: readonly number[];
  /** Requests between a scrape and the one before; those of the first one are all that were before it. */
  requests(scrape: number): Requests;
}

/** Requests by what they ended as; the key is one of `CODES`. */
export type Requests = Readonly<Partial<Record<keyof typeof CODES, number>>>;

/** What a request may end as, in Istio's labels, and whether the server is to blame. */
export const CODES = {
  ok: { code: "200", grpc: "", bad: false },
  missing: { code: "404", grpc: "", bad: false },
  failed: { code: "500", grpc: "", bad: true },
  unavailable: { code: "503", grpc: "", bad: true },
  grpcOk: { code: "200", grpc: "0", bad: false },
  grpcMissing: { code: "200", grpc: "5", bad: false },
  grpcUnavailable: { code: "200", grpc: "14", bad: true },
} as const;

const codes = Object.keys(CODES) as (keyof typeof CODES)[];

export interface History {
  pods: readonly Pod[];
  /** Scrapes that Prometheus did not make. */
  away?: readonly number[];
  /** The first scrape that it has kept. */
  since?: number;
}

export interface InputSeries {
  series: string;
  values: string;
}

/** The series that count such a request of a pod. */
export type SeriesFor = (pod: Pod, request: keyof typeof CODES) => readonly string[];

/** The series of a history up to a scrape: each begins with its first event, and is marked stale where its pod is not found. */
export function seriesOf(history: History, until: number, counting: SeriesFor): InputSeries[] {
  return history.pods.flatMap((pod) =>
    codes.flatMap((code) => {
      const values = Array.from({ length: until + 1 }, (_, scrape) => valueAt(history, pod, code, scrape));
      return values.some((value) => typeof value === "number")
        ? counting(pod, code).map((series) => ({ series, values: values.join(" ") }))
        : [];
    }),
  );
}

function valueAt(history: History, pod: Pod, code: keyof typeof CODES, scrape: number): number | "_" | "stale" {
  if (isAway(history, scrape) || scrape < pod.born) return "_";
  const total = counted(pod, code, scrape);
  if (pod.gone !== undefined && scrape >= pod.gone) return scrape === pod.gone ? "stale" : "_";
  if (pod.missed?.includes(scrape)) return total > 0 ? "stale" : "_";
  return total > 0 ? total : "_";
}

/** What the proxy's counter says: all since it began last. */
function counted(pod: Pod, code: keyof typeof CODES, scrape: number): number {
  const began = Math.max(pod.born, ...(pod.restarted ?? []).filter((restart) => restart <= scrape));
  let sum = 0;
  for (let each = began; each <= scrape; each++) sum += pod.requests(each)[code] ?? 0;
  return sum;
}

const isAway = ({ away, since = 0 }: History, scrape: number): boolean => scrape < since || !!away?.includes(scrape);

/** Whether a scrape has found the pod and requests of it. */
const found = (history: History, pod: Pod, scrape: number): boolean =>
  codes.some((code) => typeof valueAt(history, pod, code, scrape) === "number");

/** What the watch and the gate answer at a moment, in seconds; undefined is an empty answer. */
export interface Answers {
  watch: number | undefined;
  gate: number | undefined;
}

/** What they must, by the requests alone. */
export function answersAt(history: History, seconds: number, objective: number, promise: GatePromise): Answers {
  const { vote, scrape, against, outage } = promise;
  const [window, lookback] = [vote + scrape, outage + vote + scrape];
  /** Of those not older than that, exclusive: https://prometheus.io/docs/prometheus/latest/migration/#range-selectors-and-lookback-exclude-samples-coinciding-with-the-left-boundary */
  const last = (pod: Pod, at: number, age: number): number | undefined => {
    for (let each = Math.floor(at / SCRAPE); each * SCRAPE > at - age && each >= 0; each--) {
      if (found(history, pod, each)) return each;
    }
    return undefined;
  };
  const during = (version: string | undefined, end: number): Counted =>
    history.pods
      .filter((pod) => version === undefined || pod.version === version)
      .reduce<Counted>(
        (sum, pod) => {
          const [to, from] = [last(pod, end, lookback), last(pod, end - vote, lookback)];
          for (let each = (from ?? pod.born - 1) + 1; to !== undefined && each <= to; each++) {
            for (const [code, count] of Object.entries(pod.requests(each))) {
              sum = {
                requests: sum.requests + count,
                bad: sum.bad + (CODES[code as keyof typeof CODES].bad ? count : 0),
              };
            }
          }
          return sum;
        },
        { requests: 0, bad: 0 },
      );
  const own = history.pods.filter(({ version }) => version === NEW);
  const still = own.filter((pod) => last(pod, seconds, window) !== undefined);
  const ends = Array.from({ length: Math.floor(seconds / vote) + 1 }, (_, index) => index * vote)
    .filter((end) => end > seconds - promise.reach)
    .filter((end) => still.some((pod) => last(pod, end, window) !== undefined));
  const known = ends.filter((end) => history.pods.some((pod) => last(pod, end - vote, lookback) !== undefined));
  const sum = (moments: readonly number[], score: (end: number) => number): number | undefined =>
    moments.length === 0 ? undefined : moments.reduce((all, end) => all + score(end), 0);
  const objectives = (end: number): number => againstObjective(objective, promise, during(NEW, end));
  const stables = (end: number): number => {
    const [mine, all] = [during(NEW, end), during(undefined, end)];
    return againstStable(promise, mine, { requests: all.requests - mine.requests, bad: all.bad - mine.bad });
  };
  const over = (span: Span): number | undefined => {
    const since = seconds - (span === "moment" ? momentVotes(promise) * vote : promise.reach);
    const within = (moments: readonly number[], score: (end: number) => number): number | undefined =>
      sum(
        moments.filter((end) => end > since),
        (end) => capped(promise, score(end), span),
      );
    const alone = within(ends, objectives);
    const compared = against !== "objective" && isServed(history, seconds) ? within(known, stables) : undefined;
    if (alone === undefined || compared === undefined) return compared ?? alone;
    return against === "stable" ? compared : Math.min(alone, compared);
  };
  const [release, moment] = [over("release"), over("moment")];
  return {
    watch: release === undefined ? undefined : Math.max(release, (moment ?? -Infinity) - momentBehind(promise)),
    gate: sum(ends, objectives),
  };
}

/** Whether the stable version's counters have grown in ten minutes. */
const isServed = (history: History, seconds: number): boolean =>
  history.pods
    .filter(({ version }) => version === OLD)
    .some((pod) =>
      codes.some((code) => {
        const values = Array.from({ length: Math.floor(seconds / SCRAPE) + 1 }, (_, each) => each)
          .filter((each) => each * SCRAPE > seconds - 600)
          .map((each) => valueAt(history, pod, code, each))
          .filter((value) => typeof value === "number");
        return values.some((value, index) => index > 0 && value !== values[index - 1]);
      }),
    );
