/**
 * Series as Istio's proxies would write them, that make a question's answer good, bad, or none.
 * https://istio.io/latest/docs/reference/config/metrics/
 */
import { LATENCY_BOUNDS_MS } from "../../../compiler/facts/gate/counters.ts";
import type { Question } from "./questions.ts";

export interface Scenario {
  name: string;
  series: readonly Series[];
  /** Whether the SLO holds; undefined where there must be no answer. */
  holds: boolean | undefined;
}

/** A counter that grows evenly by so much a minute. */
interface Series {
  metric: string;
  labels: Readonly<Record<string, string>>;
  perMinute: number;
}

const REQUESTS = "istio_requests_total";

/** Enough that any share can be told, in the shortest of the windows. */
const MANY = 100_000;

/** What the queries ask for by equality: the service. */
function labelsOf({ query }: Question): Record<string, string> {
  const [, selector] = /istio_requests_total\{([^{}]*)\}/.exec(query)!;
  const equal = [...selector!.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, value]) => [label!, value!] as const);
  return { ...Object.fromEntries(equal), response_code: "200", grpc_response_status: "", response_flags: "-" };
}

export function scenariosOf(question: Question): Scenario[] {
  const labels = labelsOf(question);
  const requests = (perMinute: number, more: Record<string, string> = {}): Series => ({
    metric: REQUESTS,
    labels: { ...labels, ...more },
    perMinute,
  });
  const own = question.query.includes("_bucket") ? latencies(question, labels, requests) : shares(question, requests);
  const bad = own.find(({ holds }) => holds === false)!.series;
  const few = bad.map((series) => ({ ...series, perMinute: (series.perMinute * question.minimum) / MANY / 10 }));
  return [
    ...own,
    { name: "nothing is known", series: [], holds: undefined },
    { name: "no request is made", series: bad.map((series) => ({ ...series, perMinute: 0 })), holds: undefined },
    { name: "too few requests to judge", series: few, holds: undefined },
    { name: "another service is bad", series: elsewhere(bad, "destination_canonical_service"), holds: undefined },
    {
      name: "the service of that name in another namespace is bad",
      series: elsewhere(bad, "destination_workload_namespace"),
      holds: undefined,
    },
    {
      name: "callers alone report it",
      series: bad.map((series) => ({ ...series, labels: { ...series.labels, reporter: "source" } })),
      holds: undefined,
    },
  ];
}

const elsewhere = (series: readonly Series[], label: string): Series[] =>
  series.map((each) => ({ ...each, labels: { ...each.labels, [label]: "other" } }));

type Requests = (perMinute: number, more?: Record<string, string>) => Series;

/** Shares of good requests: half of the error budget is spent, or twice. */
function shares({ threshold, query }: Question, requests: Requests): Scenario[] {
  const budget = 1 - threshold;
  const failing = (share: number, more: Record<string, string>): Series[] => [
    requests(MANY * (1 - share)),
    requests(MANY * share, more),
  ];
  const scenarios: Scenario[] = [
    { name: "all requests are answered", series: [requests(MANY)], holds: true },
    { name: "half of the error budget", series: failing(budget / 2, { response_code: "503" }), holds: true },
    { name: "twice the error budget", series: failing(budget * 2, { response_code: "503" }), holds: false },
    {
      name: "every request fails: no series of good ones",
      series: [requests(MANY, { response_code: "500" })],
      holds: false,
    },
    { name: "callers are wrong", series: failing(0.5, { response_code: "404" }), holds: true },
    { name: "gRPC is unavailable behind HTTP 200", series: failing(0.5, { grpc_response_status: "14" }), holds: false },
    { name: "gRPC says that it does not know", series: failing(0.5, { grpc_response_status: "5" }), holds: true },
  ];
  if (!query.includes("response_flags")) return scenarios;
  return [
    ...scenarios,
    {
      name: "the mesh itself makes the faults",
      series: failing(0.5, { response_code: "503", response_flags: "FI" }),
      holds: true,
    },
  ];
}

/** Latencies: all but half of what may be slower is within the threshold, or twice as many are not. */
function latencies({ threshold, query }: Question, labels: Record<string, string>, requests: Requests): Scenario[] {
  const slow = 1 - Number(/histogram_quantile\(([\d.]+)/.exec(query)![1]);
  const below = Math.max(...LATENCY_BOUNDS_MS.filter((bound) => bound <= threshold));
  const above = Math.min(...LATENCY_BOUNDS_MS.filter((bound) => bound >= threshold));
  const buckets = (bound: number, within: number): Series[] => [
    requests(MANY),
    ...[...LATENCY_BOUNDS_MS, Infinity].map((le) => ({
      metric: "istio_request_duration_milliseconds_bucket",
      labels: { ...labels, le: le === Infinity ? "+Inf" : String(le) },
      perMinute: le < bound ? 0 : le === bound ? MANY * within : MANY,
    })),
  ];
  return [
    { name: "nearly all are fast", series: buckets(below, 1 - slow / 2), holds: true },
    { name: "too many are slow", series: buckets(above, 1 - slow * 2), holds: false },
    { name: "all are slow", series: buckets(LATENCY_BOUNDS_MS.at(-1)!, 1), holds: false },
  ];
}
