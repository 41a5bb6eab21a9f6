import type { Duration } from "../config/units.ts";
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
      | { kind: "query"; good: string; total: string }
    );
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
  prePromotion?: Analysis;
  postPromotion?: Analysis;
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
  window: Duration;
  interval: Duration;
  count: number;
  failureLimit: number;
  minimumRequests: number;
  noTraffic: "inconclusive" | "pass" | "fail";
}
