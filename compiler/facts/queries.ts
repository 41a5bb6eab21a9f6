import { seconds, type Duration } from "../config/units.ts";
import type { Observability } from "../topology/observability.ts";
import type { Slo, SloCounter } from "../topology/rollouts.ts";
import type { Workload } from "../topology/workloads.ts";
import { POD_LABELS, seriesLabel } from "./scrapes.ts";

/** A PromQL expression and what its value must be; empty where too few requests were seen. */
export interface SloQuery {
  /** Gives one number, or an empty vector below the minimum of requests. */
  query: string;
  comparison: ">=" | "<=";
  /** A fraction for success rates and ratios, milliseconds for latencies. */
  threshold: number;
}

/** Which requests are asked about. */
export interface QueryScope {
  /** PromQL label matchers, without braces. */
  selector: string;
  window: Duration;
  /** Requests in the window below which the answer is empty. */
  minimumRequests: number;
}

/**
 * gRPC codes that are the server's fault: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS
 * (https://grpc.io/docs/guides/status-codes/). Istio keeps them in a label of their own, empty for HTTP:
 * https://istio.io/latest/docs/reference/config/metrics/
 */
export const GOOD = 'response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"';

/** The requests of a workload as its own proxies count them: the label is the pod's `app.kubernetes.io/name`. */
export const workloadSelector = ({ name, namespace }: Pick<Workload, "name" | "namespace">): string =>
  `reporter="destination",destination_canonical_service=${JSON.stringify(name)},destination_workload_namespace=${JSON.stringify(namespace)}`;

/** The selector of one version's pods alone. `hash` may be a template argument. */
export const versionSelector = (workload: Pick<Workload, "name" | "namespace">, hash: string): string =>
  `${workloadSelector(workload)},${ofVersion(hash)}`;

/**
 * The series that a workload tells of itself. None of the mesh's labels is on them, since its agent hands them on as they
 * are; those of the scrape are.
 */
export const applicationSelector = ({ name, namespace }: Pick<Workload, "name" | "namespace">): string =>
  `namespace=${JSON.stringify(namespace)},${seriesLabel(POD_LABELS.workload)}=${JSON.stringify(name)}`;

/** Those of one version's pods alone. `hash` may be a template argument. */
export const applicationVersionSelector = (workload: Pick<Workload, "name" | "namespace">, hash: string): string =>
  `${applicationSelector(workload)},${ofVersion(hash)}`;

const ofVersion = (hash: string): string => `${seriesLabel(POD_LABELS.version)}="${hash}"`;

/** The series that an SLO of a workload is counted over: the application's own where it has a query, else the mesh's. */
export const sloSelector = ({ metric }: Pick<Slo, "metric">, workload: Pick<Workload, "name" | "namespace">): string =>
  metric?.kind === "query" ? applicationSelector(workload) : workloadSelector(workload);

/** The expression of an SLO that has a metric. */
export function sloQuery({ metric, objective }: Slo, { selector, window, minimumRequests }: QueryScope): SloQuery {
  const range = promDuration(window);
  const total = `sum(increase(istio_requests_total{${selector}}[${range}]))`;
  switch (metric?.kind) {
    case "success-rate":
      return ratio(
        `sum(increase(istio_requests_total{${selector},${GOOD}}[${range}]))`,
        total,
        objective,
        minimumRequests,
      );
    case "latency":
      return {
        query: `histogram_quantile(${objective}, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${selector}}[${range}])))\nand on ()\n(${total} >= ${minimumRequests})`,
        comparison: "<=",
        threshold: seconds(metric.threshold) * 1000,
      };
    case "query":
      return ratio(
        `sum(increase(${counter(metric.good, selector)}[${range}]))`,
        `sum(increase(${counter(metric.total, selector)}[${range}]))`,
        objective,
        minimumRequests,
      );
    case undefined:
      throw new Error("an SLO without a metric has no query; checks refuse what gates on one");
  }
}

const counter = ({ name, matchers }: SloCounter, selector: string): string =>
  `${name}{${[matchers, selector].filter((part) => part !== "").join(",")}}`;

/** All events bad means no series of good ones: `or vector(0)` makes that a ratio of 0 and not an empty answer. */
const ratio = (good: string, total: string, threshold: number, minimumRequests: number): SloQuery => ({
  query: `((${good}) or vector(0))\n/\n((${total}) >= ${minimumRequests})`,
  comparison: ">=",
  threshold,
});

/** Prometheus takes whole numbers of units alone. */
export const promDuration = (duration: Duration): string => {
  const total = seconds(duration);
  return Number.isInteger(total) ? `${total}s` : `${Math.round(total * 1000)}ms`;
};

/**
 * How far back the watch over an experiment looks: as short as a rate can be, four scrapes, so that the damage is seen
 * early and one missed scrape is no damage. https://www.robustperception.io/what-range-should-i-use-with-rate/
 */
export const watchWindow = ({ metrics }: Observability): Duration =>
  `${Math.max(60, Math.ceil(4 * seconds(metrics.interval)))}s`;

/** Fewer requests in that window say nothing, and what cannot be watched is not done. */
export const WATCH_REQUESTS = 10;

/**
 * The requests that the mesh itself neither failed nor delayed (FI and DI; several flags are joined by commas).
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#response-flags
 */
export const uninjected = (selector: string): string => `${selector},response_flags!~"(.*,)?(DI|FI)(,.*)?"`;
