import { seconds, type Duration } from "../../config/units.ts";
import type { Workload } from "../../topology/workloads.ts";
import { GOOD, workloadSelector } from "../queries.ts";

/** A counter that Prometheus scrapes: name, and matchers without braces and without the version's label. */
export interface Counter {
  name: string;
  matchers: string;
}

/** What an SLO counts: all events, and the good ones among them. */
export interface Counters {
  total: Counter;
  good: Counter;
}

/** How an SLO's events are counted: by the mesh, or by two counters of one's own. */
export type CountedMetric =
  | { kind: "success-rate" }
  | { kind: "latency"; threshold: Duration }
  | { kind: "query" | "counters"; good: Counter; total: Counter };

/** The counters of an SLO that has a metric. */
export function sloCounters(
  { metric }: { metric?: CountedMetric },
  workload: Pick<Workload, "name" | "namespace">,
): Counters {
  const matchers = workloadSelector(workload);
  switch (metric?.kind) {
    case "success-rate": {
      const name = "istio_requests_total";
      return { total: { name, matchers }, good: { name, matchers: `${matchers},${GOOD}` } };
    }
    case "latency": {
      const name = "istio_request_duration_milliseconds";
      return {
        total: { name: `${name}_count`, matchers },
        good: { name: `${name}_bucket`, matchers: `${matchers},${bucket(seconds(metric.threshold) * 1000)}` },
      };
    }
    case "query":
    case "counters":
      return { total: metric.total, good: metric.good };
    case undefined:
      throw new Error("an SLO without a metric counts nothing; checks refuse what gates on one");
  }
}

/**
 * Upper bounds of the buckets that the proxies count latencies in, in milliseconds: a share of requests is known at
 * these alone. https://github.com/envoyproxy/envoy/blob/main/source/common/stats/histogram_impl.cc
 */
export const LATENCY_BOUNDS_MS: readonly number[] = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000,
  3_600_000,
];

/** The bounds beside a threshold; both are the threshold where it is one. */
export function boundsAround(ms: number): { below?: number; above?: number; exact: boolean } {
  const below = LATENCY_BOUNDS_MS.findLast((bound) => bound <= ms);
  const above = LATENCY_BOUNDS_MS.find((bound) => bound >= ms);
  return {
    ...(below === undefined ? {} : { below }),
    ...(above === undefined ? {} : { above }),
    exact: below === ms,
  };
}

/**
 * The bucket at the threshold or above it, so that only what is surely too slow speaks against a release. Prometheus 2
 * stores a bound as it was exposed, 3 as a float: https://prometheus.io/docs/prometheus/latest/migration/
 */
function bucket(ms: number): string {
  const { above } = boundsAround(ms);
  if (above === undefined) return 'le="+Inf"'; // nothing is surely too slow; a check refuses that
  const spellings = [...new Set([String(above), asFloat(above)])];
  return `le=~"${spellings.map((text) => text.replaceAll(/[.+]/g, "[$&]")).join("|")}"`;
}

/** As Go writes a float, with `.0` where that would look like a whole number. */
function asFloat(value: number): string {
  if (value >= 1e6) return value.toExponential().replace(/[+](\d)$/, "+0$1");
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
