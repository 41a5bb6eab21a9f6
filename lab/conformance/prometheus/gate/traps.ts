/** What gates have been caught in, one case each; what each must answer stands in docs/releases.md. */
import { sloCounters, type Counters } from "../../../../compiler/facts/gate/counters.ts";
import type { GatePromise } from "../../../../compiler/facts/gate/promise.ts";
import { PROMISE } from "../../../../scripts/releases/promise.ts";
import { gateOf, type Case, type Moment, type Verdict } from "./ask.ts";
import type { MUTANTS } from "./mutants.ts";
import { CODES, NEW, OLD, type History, type Pod, type Requests, type SeriesFor } from "./pods.ts";

const WORKLOAD = { name: "storefront", namespace: "shop" };
const AVAILABLE = sloCounters({ metric: { kind: "success-rate" } }, WORKLOAD);
const FAST = sloCounters({ metric: { kind: "latency", threshold: "250ms" } }, WORKLOAD);
const OWN: Counters = {
  total: { name: "jobs_total", matchers: 'namespace="shop",queue="mail"' },
  good: { name: "jobs_total", matchers: 'namespace="shop",queue="mail",state="done"' },
};

const text = (name: string, labels: Readonly<Record<string, string>>): string =>
  `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(",")}}`;

const proxyLabels = ({ name, version }: Pod, request: keyof typeof CODES) => ({
  reporter: "destination",
  destination_canonical_service: WORKLOAD.name,
  destination_workload_namespace: WORKLOAD.namespace,
  pod: name,
  rollouts_pod_template_hash: version,
  response_code: CODES[request].code,
  grpc_response_status: CODES[request].grpc,
});

/** Counters of requests, with labels of others where a case is about others. */
export const requestsCounted =
  (others: Readonly<Record<string, string>> = {}): SeriesFor =>
  (pod, request) => [text("istio_requests_total", { ...proxyLabels(pod, request), ...others })];

/** The histogram of latencies: a bad request is one that took longer than 250 ms. */
const latenciesCounted =
  (le: (bound: number) => string): SeriesFor =>
  (pod, request) => {
    const labels = { ...proxyLabels(pod, "ok"), response_code: CODES[request].bad ? "202" : "200" };
    const bucket = (bound: string): string =>
      text("istio_request_duration_milliseconds_bucket", { ...labels, le: bound });
    return [
      text("istio_request_duration_milliseconds_count", labels),
      ...(CODES[request].bad ? [] : [bucket(le(250))]),
      bucket(le(500)),
      bucket("+Inf"),
    ];
  };

const jobsCounted: SeriesFor = ({ name, version }, request) => [
  text("jobs_total", {
    namespace: "shop",
    queue: "mail",
    pod: name,
    rollouts_pod_template_hash: version,
    state: CODES[request].bad ? request : "done",
  }),
];

const minutes = (of: number, verdict: Verdict): Moment => ({ at: of * 60 + 10, verdict });

/** The same between every two scrapes, but for some of them. */
const steady =
  (each: Requests, but: Readonly<Record<number, Requests>> = {}) =>
  (scrape: number): Requests =>
    but[scrape] ?? each;

const pod = (version: string, name: string, born: number, requests: Pod["requests"], more: Partial<Pod> = {}): Pod => ({
  version,
  name,
  born,
  requests,
  ...more,
});

/** The stable version: 600 requests and 1140 a minute, none of which fails. */
const serving = (requests: Requests = { ok: 570 }): Pod => pod(OLD, "s1", 0, steady(requests));

/** The new version begins after ten minutes. */
const BEGUN = 20;
const beginning = (requests: Pod["requests"], more: Partial<Pod> = {}): Pod => pod(NEW, "c1", BEGUN, requests, more);

/** 512 requests after 18.3 scrapes. */
const good = steady({ ok: 28 });
const failing = steady({ ok: 27, failed: 3 });

interface Trap {
  name: string;
  /** The part of the gate that it is there for: without it the case fails. */
  without: keyof typeof MUTANTS;
  history: History;
  moments: readonly Moment[];
  counters?: Counters;
  counting?: SeriesFor;
  objective?: number;
  promise?: Partial<GatePromise>;
}

const traps: readonly Trap[] = [
  {
    name: "nothing is known",
    without: "a pass of what is empty",
    history: { pods: [] },
    moments: [minutes(20, "nothing")],
  },
  {
    name: "no pod of the version",
    without: "an abort of what is empty",
    history: { pods: [serving()] },
    moments: [minutes(20, "nothing")],
  },
  {
    name: "a good version passes at 512 requests, and not before",
    without: "a pass that needs a tenth more",
    history: { pods: [serving(), beginning(good)] },
    moments: [minutes(18, "neither"), minutes(19, "passed"), minutes(40, "passed")],
  },
  {
    name: "a bad version: one minute is a vote, the second one aborts",
    without: "a cap that is rounded down",
    history: { pods: [serving(), beginning(failing)] },
    moments: [minutes(10, "neither"), minutes(11, "aborted"), minutes(13, "aborted")],
  },
  {
    name: "four times the budget: neither aborted nor passed",
    without: "a drift that is a tenth too large",
    history: { pods: [serving(), beginning((scrape) => (scrape % 5 === 0 ? { ok: 49, failed: 1 } : { ok: 50 }))] },
    moments: [minutes(15, "neither"), minutes(26, "neither"), minutes(45, "neither")],
  },
  {
    name: "the first error of a series, which increase does not see",
    without: "increase instead of differences",
    history: {
      pods: [serving(), beginning(steady({ ok: 30 }, { 30: { ok: 29, failed: 1 }, 34: { ok: 29, unavailable: 1 } }))],
    },
    moments: [minutes(15, "neither"), minutes(17, "neither"), minutes(18, "neither")],
  },
  {
    name: "everything fails: there is no series of good requests",
    without: "no good events, no answer",
    history: { pods: [serving(), beginning(steady({ unavailable: 30 }))] },
    moments: [minutes(12, "aborted")],
  },
  {
    name: "gRPC: unavailable behind 200 is bad, not found is not, nor is 404",
    without: "errors of gRPC that are not seen",
    history: {
      pods: [
        serving(),
        beginning(
          steady(
            { grpcOk: 20, missing: 5, grpcMissing: 5 },
            { 24: { grpcUnavailable: 2 }, 30: { grpcUnavailable: 1 } },
          ),
        ),
      ],
    },
    moments: [minutes(12, "neither"), minutes(20, "any")],
  },
  {
    name: "it is good for long, and fails when it gets more requests",
    without: "no moment",
    history: {
      pods: [serving(), beginning((scrape) => (scrape < 44 ? { ok: 3000 } : { ok: 20_000, failed: 10_000 }))],
    },
    moments: [minutes(21, "passed"), minutes(23, "any"), minutes(25, "aborted")],
  },
  {
    name: "a minute of five hundred errors after a long good time is one vote",
    without: "a moment without its price",
    history: { pods: [serving(), beginning(steady({ ok: 30 }, { 44: { failed: 500 } }))] },
    moments: [minutes(22, "any"), minutes(23, "any"), minutes(25, "neither")],
  },
  {
    name: "fifty errors in one minute are one vote",
    without: "one vote is enough",
    history: { pods: [serving(), beginning(steady({ ok: 30 }, { 30: { failed: 50 } }))] },
    moments: [minutes(15, "neither"), minutes(16, "neither"), minutes(30, "neither")],
  },
  {
    name: "both fail alike: the objective is missed, and the new version is not to blame",
    without: "no comparison",
    history: { pods: [serving({ ok: 513, failed: 57 }), beginning(failing)] },
    moments: [minutes(15, "neither"), minutes(30, "neither")],
  },
  {
    name: "a dependency fails for both in a series of its own, for ten minutes",
    without: "a series that was not there before counts nothing",
    history: {
      pods: [
        pod(OLD, "s1", 0, (scrape) => (scrape >= 24 && scrape < 44 ? { ok: 285, unavailable: 285 } : { ok: 570 })),
        beginning((scrape) => (scrape >= 24 && scrape < 44 ? { ok: 15, unavailable: 15 } : { ok: 30 })),
      ],
    },
    moments: [minutes(13, "neither"), minutes(20, "neither"), minutes(30, "neither")],
  },
  {
    name: "worse than the stable version, and within the objective",
    without: "nothing but the comparison",
    history: {
      pods: [serving(), beginning(steady({ ok: 30 }, { 22: { failed: 1 }, 26: { failed: 1 }, 30: { failed: 1 } }))],
    },
    objective: 0.9,
    moments: [minutes(16, "any"), minutes(25, "passed")],
  },
  {
    name: "against the stable version: worse than it, and within the objective",
    without: "a comparison with half of the requests",
    history: { pods: [serving(), beginning(steady({ ok: 29, failed: 1 }))] },
    objective: 0.8,
    promise: { against: "stable", burn: 3 },
    moments: [minutes(11, "any"), minutes(16, "aborted")],
  },
  {
    name: "against the objective: both fail alike",
    without: "no cap",
    history: { pods: [serving({ ok: 513, failed: 57 }), beginning(failing)] },
    promise: { against: "objective" },
    moments: [minutes(13, "aborted")],
  },
  {
    name: "after a switch nobody calls the stable version: the objective decides",
    without: "a comparison with what nobody calls",
    history: {
      pods: [pod(OLD, "s1", 0, (scrape) => (scrape < 10 ? { ok: 570 } : {})), beginning(failing)],
    },
    moments: [minutes(13, "neither"), minutes(20, "aborted")],
  },
  {
    name: "against the stable version that nobody calls: the objective decides",
    without: "a comparison with what nobody calls",
    history: { pods: [pod(OLD, "s1", 0, (scrape) => (scrape < 10 ? { ok: 570 } : {})), beginning(failing)] },
    promise: { against: "stable" },
    moments: [minutes(20, "aborted")],
  },
  {
    name: "a retry has the same hash: what the first attempt's pods did is forgotten once they are gone",
    without: "pods of an earlier attempt",
    history: {
      pods: [serving(), pod(NEW, "c1", 10, steady({ failed: 20, ok: 10 }), { gone: 22 }), pod(NEW, "c2", 40, good)],
    },
    moments: [minutes(9, "aborted"), minutes(15, "nothing"), minutes(24, "neither"), minutes(29, "passed")],
  },
  {
    name: "a pod is drained: what it saw stays, and makes no errors of the others",
    without: "differences of sums",
    history: {
      pods: [
        serving(),
        beginning(good),
        pod(NEW, "c2", BEGUN, steady({ ok: 40 }, { 25: { ok: 38, failed: 2 } }), { gone: 33 }),
      ],
    },
    moments: [minutes(16, "neither"), minutes(17, "any"), minutes(31, "any")],
  },
  {
    name: "pods that appear later are counted from nothing",
    without: "a series that was not there before counts nothing",
    history: {
      pods: [
        serving(),
        beginning(steady({ ok: 5 })),
        pod(NEW, "c2", 30, steady({ ok: 7 }, { 30: { ok: 6, failed: 1 } })),
        pod(NEW, "c3", 33, steady({ ok: 3 })),
      ],
    },
    moments: [minutes(15, "neither"), minutes(20, "neither"), minutes(30, "any")],
  },
  {
    name: "a proxy restarts: no error is made up, and none is forgotten",
    without: "what has begun anew makes the sum smaller",
    history: {
      pods: [
        serving(),
        beginning(steady({ ok: 30 }, { 24: { ok: 28, failed: 2 } }), { restarted: [31] }),
        pod(NEW, "c2", BEGUN, steady({ ok: 30 }, { 32: { ok: 29, failed: 1 } })),
      ],
    },
    moments: [minutes(16, "neither"), minutes(17, "neither"), minutes(25, "any")],
  },
  {
    name: "a pod does not answer three scrapes",
    without: "as far back as two scrapes",
    history: {
      pods: [serving(), beginning(steady({ ok: 30 }, { 26: { ok: 29, failed: 1 } }), { missed: [30, 31, 32] })],
    },
    moments: [minutes(14, "neither"), minutes(16, "nothing"), minutes(18, "neither"), minutes(25, "any")],
  },
  {
    name: "Prometheus is away for four minutes: nothing is lost, and nothing is counted twice",
    without: "as far back as two scrapes",
    history: {
      pods: [
        serving({ ok: 560, failed: 1 }),
        beginning(steady({ ok: 30 }, { 24: { failed: 1 }, 30: { failed: 1 }, 34: { failed: 1 } })),
      ],
      away: [29, 30, 31, 32, 33, 34, 35, 36],
    },
    moments: [minutes(14, "neither"), minutes(17, "nothing"), minutes(19, "neither"), minutes(25, "any")],
  },
  {
    name: "Prometheus is away for nine minutes",
    without: "as far back as five minutes",
    history: {
      pods: [serving(), beginning(steady({ ok: 20 }, { 24: { failed: 2 } }))],
      away: Array.from({ length: 18 }, (_, index) => 30 + index),
    },
    moments: [minutes(24, "neither"), minutes(30, "any")],
  },
  {
    name: "Prometheus has just begun: what the stable version has ever counted is not that minute's",
    without: "a comparison when nothing was known",
    history: {
      since: 26,
      pods: [
        pod(OLD, "s1", 0, steady({ ok: 570 }, { 3: { failed: 9000 } })),
        beginning(steady({ ok: 27 }, { 22: { failed: 3 }, 27: { failed: 3 }, 31: { failed: 3 } })),
      ],
    },
    moments: [minutes(13, "neither"), minutes(16, "any"), minutes(20, "any")],
  },
  {
    name: "pods of the stable version are replaced",
    without: "differences of sums",
    history: {
      pods: [
        pod(OLD, "s1", 0, steady({ ok: 300, failed: 1 }), { gone: 28 }),
        pod(OLD, "s2", 0, steady({ ok: 270 })),
        pod(OLD, "s3", 29, steady({ ok: 300, unavailable: 1 })),
        beginning(steady({ ok: 29 }, { 24: { ok: 27, failed: 2 }, 30: { ok: 27, failed: 2 } })),
      ],
    },
    moments: [minutes(14, "any"), minutes(15, "any"), minutes(18, "any"), minutes(28, "any")],
  },
  {
    name: "only the other version is bad",
    without: "both versions at once",
    history: { pods: [serving({ ok: 300, failed: 270 }), beginning(good)] },
    moments: [minutes(16, "neither"), minutes(25, "passed")],
  },
  {
    name: "another service is bad",
    without: "any service",
    history: { pods: [serving(), beginning(failing)] },
    counting: requestsCounted({ destination_canonical_service: "other" }),
    moments: [minutes(20, "nothing")],
  },
  {
    name: "the service of that name in another namespace is bad",
    without: "any namespace",
    history: { pods: [serving(), beginning(failing)] },
    counting: requestsCounted({ destination_workload_namespace: "other" }),
    moments: [minutes(20, "nothing")],
  },
  {
    name: "callers alone report it",
    without: "any reporter",
    history: { pods: [serving(), beginning(failing)] },
    counting: requestsCounted({ reporter: "source" }),
    moments: [minutes(20, "nothing")],
  },
  {
    name: "retries make bunches of three, which are one cause",
    without: "bunches that are not divided",
    history: {
      pods: [
        serving(),
        beginning(
          steady({ ok: 300 }, { 24: { ok: 297, failed: 3 }, 30: { ok: 297, failed: 3 }, 36: { ok: 297, failed: 3 } }),
        ),
      ],
    },
    promise: { bunches: 3 },
    moments: [minutes(12, "neither"), minutes(19, "passed"), minutes(30, "passed")],
  },
  ...["250", "250.0"].map((le): Trap => ({
    name: `latency: slower than the bucket le="${le}"`,
    without: le === "250" ? "a bound as Prometheus 3 writes it" : "a bound as Prometheus 2 wrote it",
    history: { pods: [serving(), beginning(steady({ ok: 29 }, { 21: { ok: 27, failed: 2 } }))] },
    counters: FAST,
    counting: latenciesCounted((bound) => `${bound}${le.slice(3)}`),
    objective: 0.99,
    moments: [minutes(11, "neither"), minutes(13, "passed"), minutes(25, "passed")],
  })),
  {
    name: "latency: every request is slow",
    without: "no good events, no answer",
    history: { pods: [serving(), beginning(steady({ failed: 30 }))] },
    counters: FAST,
    counting: latenciesCounted((bound) => `${bound}.0`),
    objective: 0.99,
    moments: [minutes(12, "aborted")],
  },
  {
    name: "two counters of one's own",
    without: "all jobs are good",
    history: { pods: [serving(), beginning(failing)] },
    counters: OWN,
    counting: jobsCounted,
    moments: [minutes(10, "neither"), minutes(12, "aborted")],
  },
];

export const TRAPS: readonly (Case & Pick<Trap, "without">)[] = traps.map(
  ({
    name,
    without,
    history,
    moments,
    counters = AVAILABLE,
    counting = requestsCounted(),
    objective = 0.999,
    promise,
  }) => ({
    name,
    without,
    history,
    moments,
    counting,
    gate: gateOf(counters, objective, { ...PROMISE, ...promise }),
  }),
);
