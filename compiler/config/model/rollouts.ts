import type { Names, Ref } from "../names.ts";
import type { Tuned } from "../tunable.ts";
import type { ContainerResources } from "./containers.ts";
import type { MetricMatch, MetricName, UnexpandedText } from "../texts.ts";
import type { Count, Delay, Duration, Percent, PodCount, Rate, Share, Weight } from "../units.ts";

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
   * How long the old version stays after the switch. The controller takes it away then even while `postPromotion` goes on.
   * @atMost 30d
   * @inSteps 1s
   * @default "10m"; with `postPromotion` its `hold` and `outage` and ten minutes more
   */
  keepOldFor?: Delay;
  /** What calls the preview before the switch: a run that fails is the end of the release. */
  smokeTest?: SmokeTest;
  /** What decides before the switch: the preview must keep the SLOs under requests that something sends to it. */
  prePromotion?: Preview<N>;
  /** What decides after the switch: what burns the budget is switched back. */
  postPromotion?: Judgement<N>;
}

/**
 * A container that calls the preview, and whose exit code decides: one run for each release, with the service's own image in
 * the new version. It has the variable `PREVIEW_HOST`, the name at which the service's ports answer for the new version,
 * reaches these and nothing else, and runs as the service's user on a read-only disk.
 */
export interface SmokeTest {
  /**
   * Replaces the image's entrypoint.
   * @minItems 1
   * @example ["/bin/smoke-test"]
   */
  command: readonly UnexpandedText[];
  /** Arguments of the command. */
  args?: readonly UnexpandedText[];
  /**
   * Environment variables.
   * @keys VariableName
   * @default {}
   */
  env?: { [name: string]: UnexpandedText };
  /** Processor, memory and local disk of it. */
  resources?: ContainerResources;
  /**
   * Time that it has; then it has failed.
   * @atLeast 1s
   * @atMost 1d
   * @inSteps 1s
   * @default "5m"
   */
  timeout?: Duration;
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
 * Which SLOs decide about a new version, and how surely. A watch runs beside the whole release and aborts it; a gate
 * after the last pause lets it through. Both add up what the new version's pods alone have counted. How to choose is
 * told in `docs/releases.md`.
 */
export interface Judgement<N extends Names = Names> {
  /**
   * SLOs that must hold. The service must declare them too.
   * @uniqueItems true
   */
  slos: readonly Ref<N, "slo">[];
  /**
   * Most releases that are aborted although the new version keeps its objectives: over all SLOs and looks of a release
   * together, at any traffic.
   * @atLeast 0.01%
   * @atMost 20%
   * @default "1%"
   */
  falseAbort?: Share;
  /**
   * Most releases that pass although the new version burns `detect.burn` times its error budget, or more.
   * @atLeast 0.01%
   * @atMost 20%
   * @default "1%"
   */
  falsePass?: Share;
  /** What must not pass unseen. */
  detect?: Detection;
  /**
   * Minutes that have to speak against a new version before it is aborted: one minute alone, however bad, is a restart, a
   * reconnect or a stalled node as well.
   * @minimum 1
   * @maximum 10
   * @default 2
   */
  agree?: Count;
  /**
   * Failures that come from one cause, as tries of one request: a release passes on as much more evidence.
   * @minimum 1
   * @maximum 100
   * @default 1, and 1 more for each try again that a caller's `retries` ask for
   */
  bunches?: Count;
  /**
   * How long the gate goes on looking where the traffic of the pauses was not enough. Then the release waits for a person.
   * @atLeast 1m
   * @atMost 7d
   * @default "20m"
   */
  hold?: Duration;
  /**
   * How long Prometheus may be away before the release is aborted.
   * @atLeast 1m
   * @atMost 1d
   * @inSteps 10s
   * @default "10m"
   */
  outage?: Duration;
}

/** How a canary or a shadow is judged: beside the version that still serves. */
export interface Analysis<N extends Names = Names> extends Judgement<N> {
  /**
   * What the new version is held against: the `objective`; the `stable` version, whatever that promises; or `both`, so that
   * neither what the stable version suffers alike nor what keeps the objective all the same is aborted.
   * @default "both"
   */
  against?: "both" | "objective" | "stable";
}

/** Which harm a release has to be aborted for. */
export interface Detection {
  /**
   * How many times the failures that the objective allows.
   * @minimum 2
   * @maximum 1000
   * @default 10
   */
  burn?: Count;
  /**
   * Time from the first request in which such a burn is to be caught in 99 % of the releases. It changes no query:
   * compiling is refused where the traffic is too little for it.
   * @atLeast 1m
   * @default none: the whole release
   * @example "15m"
   */
  within?: Duration;
}

/** What decides before a switch, when nobody calls the new version yet. */
export interface Preview<N extends Names = Names> extends Judgement<N> {
  /**
   * Requests that something of yours sends to the preview meanwhile: a load generator, traffic that is replayed. Without
   * any there is nothing that SLOs could be judged by.
   * @example "5/s"
   */
  traffic?: Rate;
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
   * 100, 250 and 500 ms, at 1, 2.5, 5, 10, 30 and 60 s, and at 5, 10, 30 and 60 min. A rollout gates on one of these:
   * nobody counts what lies in between.
   * @atMost 60m
   * @example "250ms"
   */
  threshold: Duration;
}

/** Two counters that the service's own pods tell, at `telemetry.metrics`. */
export interface Query {
  kind: "query";
  /** Counts good events. */
  good: Counter;
  /** Counts all events. */
  total: Counter;
}

/**
 * A counter that Prometheus scrapes from the pods, without the labels of pods and versions: these are added for whoever
 * asks. Leave out what no user asks for, as health checks: they would dilute a quiet new version.
 */
export interface Counter {
  /** @example "jobs_done_total" */
  counter: MetricName;
  /**
   * Which of its series count, by label.
   * @keys MetricLabel
   * @default {}
   * @example { "queue": "mail" }
   */
  matchers?: { [label: string]: MetricMatch | Matching | Unlike };
}

/** Series whose label matches a regular expression, all of it (RE2). */
export interface Matching {
  /** @example "2.." */
  matches: MetricMatch;
}

/** Series whose label does not match a regular expression (RE2), or is not there. */
export interface Unlike {
  /** @example "5.." */
  unlike: MetricMatch;
}
