import type { Names, Ref } from "../names.ts";
import type { Tuned } from "../tunable.ts";
import type { PromQL } from "../texts.ts";
import type { Count, Delay, Duration, Percent, PodCount, Share, Weight } from "../units.ts";

/** How a new version replaces the old one. */
export type Strategy<N extends Names = Names> = Rolling | Canary<N> | BlueGreen<N> | Shadow<N>;

/** Kubernetes' own rolling update; no analysis. Made by `rolling()`. */
export interface Rolling {
  kind: "rolling";
  /**
   * Pods above the wanted number during an update, as a share of it. Of a daemon: nodes on which the new pod starts beside
   * the old one; with this, no `maxUnavailable`.
   * @inSteps 1%
   * @default "25%", and "0%" for a daemon
   */
  maxSurge?: Percent;
  /**
   * Pods below the wanted number during an update, as a share of it. Of a daemon: nodes, at least one, on which the old pod
   * goes before the new one starts.
   * @inSteps 1%
   * @default "0%", and "10%" for a daemon without `maxSurge`
   */
  maxUnavailable?: Percent;
}

/** Moves traffic to the new version step by step. Made by `canary()`. */
export interface Canary<N extends Names = Names> {
  kind: "canary";
  /** Weights in the order they are reached; 100 % follows the last step by itself. */
  steps: readonly CanaryStep[];
  /** What decides at each step. Default: no analysis, only the pauses. */
  analysis?: Analysis<N>;
}

/** One step of a canary. */
export interface CanaryStep {
  /**
   * Percent of the traffic that the new version gets.
   * @example 20
   */
  weight: Tuned<Weight>;
  /**
   * How long to stay, or `approval` to wait until a person promotes it.
   * @atLeast 1s
   * @inSteps 1s
   * @default none: the analysis alone decides
   * @example "5m"
   */
  pause?: Duration | "approval";
}

/** Starts the new version beside the old one and switches all traffic at once. Made by `blueGreen()`. */
export interface BlueGreen<N extends Names = Names> {
  kind: "blue-green";
  /**
   * Switch by itself once the analysis has passed; otherwise a person promotes.
   * @default true
   */
  autoPromote?: boolean;
  /**
   * Pods of the new version before the switch.
   * @default as many as the old version has
   */
  previewReplicas?: PodCount;
  /**
   * How long the old version stays after the switch.
   * @atMost 30d
   * @inSteps 1s
   * @default "10m"
   */
  keepOldFor?: Delay;
  /** What decides before the switch: the preview must be healthy. */
  prePromotion?: Analysis<N>;
  /** What decides after the switch: a failure switches back. */
  postPromotion?: Analysis<N>;
}

/**
 * Sends a copy of the live traffic to the new version, whose answers nobody sees, before it gets real traffic. Made by
 * `shadow()`.
 */
export interface Shadow<N extends Names = Names> {
  kind: "shadow";
  /**
   * Share of the live requests that is copied.
   * @default "100%"
   */
  mirror?: Share;
  /**
   * Pods of the new version while it only sees copies.
   * @default 1
   */
  replicas?: PodCount;
  /**
   * How long copies flow before the first real step.
   * @atLeast 1s
   * @inSteps 1s
   * @example "30m"
   */
  duration: Duration;
  /**
   * Also copy requests that write (other than GET and HEAD). Only where the service tells copies apart.
   * @default false
   */
  writes?: boolean;
  /** What decides while copies flow. */
  analysis?: Analysis<N>;
  /**
   * Steps with live traffic after the copies, as in a canary; without any it goes straight to 100 %.
   * @default []
   */
  steps?: readonly CanaryStep[];
}

/**
 * Which SLOs decide about a new version, and how. The queries are made from the SLOs, over the new version's pods
 * alone.
 */
export interface Analysis<N extends Names = Names> {
  /**
   * SLOs that must hold. The service must declare them too.
   * @uniqueItems true
   */
  slos: readonly Ref<N, "slo">[];
  /**
   * Window of each measurement: short, since a release is judged and not a month.
   * @atLeast 1s
   * @default "2m"
   */
  window?: Duration;
  /**
   * Time between measurements.
   * @atLeast 1s
   * @default "1m"
   */
  interval?: Duration;
  /**
   * Measurements to take.
   * @minimum 1
   * @default 5
   */
  count?: Count;
  /**
   * Failed measurements that are put up with before the release is aborted.
   * @default 1
   */
  failureLimit?: Count;
  /**
   * Requests in the window below which a measurement says nothing.
   * @default 20
   */
  minimumRequests?: Count;
  /**
   * What too little traffic means.
   * @default "inconclusive"
   */
  noTraffic?: "inconclusive" | "pass" | "fail";
}

/** A promise about a service, measured over a rolling window. Services refer to it by name. */
export interface Slo {
  /**
   * Share of good events.
   * @example "99.9%"
   */
  objective: Share;
  /**
   * Length of the rolling window.
   * @atLeast 1m
   * @default "30d"
   */
  window?: Duration;
  /** How good events are counted. Without one the SLO is a promise on paper, and no rollout can gate on it. */
  metric?: SloMetric;
}

/** How the good events of an SLO are counted. */
export type SloMetric = SuccessRate | Latency | Query;

/** Requests that did not fail: the answer is no 5xx (HTTP) or no server fault (gRPC). Counted by the mesh. */
export interface SuccessRate {
  kind: "success-rate";
}

/** Requests answered within a time. Counted by the mesh. */
export interface Latency {
  kind: "latency";
  /**
   * A request is good when it takes at most this long. The proxies' histograms have bounds at 0.5, 1, 5, 10, 25, 50,
   * 100, 250 and 500 ms, at 1, 2.5, 5, 10, 30 and 60 s, and at 5, 10, 30 and 60 min; in between is interpolated.
   * @atMost 60m
   * @example "250ms"
   */
  threshold: Duration;
}

/**
 * A ratio of your own: two PromQL expressions over counters that the service's own pods tell, at `telemetry.metrics`.
 */
export interface Query {
  kind: "query";
  /**
   * Counts good events. `$window` is the range and `$selector` the label matchers of the pods at hand: `namespace`,
   * `app_kubernetes_io_name` and, where a new version is judged, `rollouts_pod_template_hash`.
   * @example "sum(increase(jobs_done_total{$selector}[$window]))"
   */
  good: PromQL;
  /**
   * Counts all events.
   * @example "sum(increase(jobs_total{$selector}[$window]))"
   */
  total: PromQL;
}
