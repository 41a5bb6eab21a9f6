import type { Bytes, Cpu, Duration } from "../config/units.ts";
import type { Resolved } from "./resolved.ts";

export interface Slo extends Resolved {
  name: string;
  /** Fraction of good events, 0–1. */
  objective: number;
  window: Duration;
  metric?: Resolved &
    (
      | { kind: "success-rate" }
      | { kind: "latency"; threshold: Duration }
      | { kind: "query"; good: SloCounter; total: SloCounter }
    );
}

/** A counter of one's own. */
export interface SloCounter {
  name: string;
  /** PromQL's label matchers, without braces. */
  matchers: string;
}

export type Strategy = RollingStrategy | CanaryStrategy | BlueGreenStrategy | ShadowStrategy;

export type ProgressiveStrategy = Exclude<Strategy, RollingStrategy>;

export interface RollingStrategy extends Resolved {
  kind: "rolling";
  name: string;
  /** Kubernetes' own notation: a percentage. */
  maxSurge: string;
  maxUnavailable: string;
}

export interface CanaryStrategy extends Resolved {
  kind: "canary";
  name: string;
  steps: readonly CanaryStep[];
  analysis?: Analysis;
}

export interface CanaryStep extends Resolved {
  /** Percent. */
  weight: number;
  pause?: Duration | "approval";
}

export interface BlueGreenStrategy extends Resolved {
  kind: "blue-green";
  name: string;
  autoPromote: boolean;
  previewReplicas?: number;
  keepOldFor: Duration;
  smokeTest?: SmokeTest;
  /** Requests a second that something sends to the preview, absent where nothing does. */
  previewTraffic?: number;
  prePromotion?: Analysis;
  postPromotion?: Analysis;
}

/** A container that calls the preview, in the service's own image. */
export interface SmokeTest extends Resolved {
  command: readonly string[];
  args?: readonly string[];
  env: { readonly [name: string]: string };
  resources: { cpu: Cpu; cpuLimit: Cpu; memory: Bytes; ephemeralStorage: Bytes };
  timeout: Duration;
}

export interface ShadowStrategy extends Resolved {
  kind: "shadow";
  name: string;
  /** Percent of the live requests, 0–100. */
  mirror: number;
  replicas: number;
  duration: Duration;
  writes: boolean;
  analysis?: Analysis;
  steps: readonly CanaryStep[];
}

export interface Analysis extends Resolved {
  slos: readonly Slo[];
  /** Fraction of releases, over all SLOs together. */
  falseAbort: number;
  /** Fraction of releases. */
  falsePass: number;
  /** How many times the failures that the objective allows are harm. */
  burn: number;
  /** Time from the first request in which harm has to be caught, where the config says one. */
  within?: Duration;
  /** Votes that must agree before a release is aborted. */
  agree: number;
  against: "both" | "objective" | "stable";
  /** Failures that come from one cause; `retries`: 1, and 1 more for each try again that callers ask for. */
  bunches: number | "retries";
  hold: Duration;
  outage: Duration;
}
