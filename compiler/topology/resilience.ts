import type { Bytes, Cron, Duration } from "../config/units.ts";
import type { Resolved } from "./resolved.ts";
import type { Slo } from "./rollouts.ts";

export interface Resilience extends Resolved {
  enabled: boolean;
  environments: readonly string[];
  experiments: readonly Experiment[];
}

export type Experiment = ExperimentBase & Fault;

export interface ExperimentBase extends Resolved {
  name: string;
  schedule: Cron;
  duration: Duration;
  /** Percent of the service's pods, 0–100. */
  scope: number;
  abortOn: readonly Slo[];
}

export type Fault =
  | { kind: "pod-kill"; every: Duration }
  | { kind: "network-delay"; latency: Duration; jitter: Duration }
  | { kind: "network-loss"; /** Percent. */ loss: number }
  | { kind: "network-partition"; from: string }
  | { kind: "cpu-stress"; workers: number; /** Percent. */ load: number }
  | { kind: "memory-stress"; workers: number; size: Bytes }
  | {
      kind: "http-fault";
      /** Percent. */ requests: number;
      delay?: Duration;
      status?: number;
      by?: "mesh" | "chaos-mesh";
    }
  | { kind: "dns-fault"; patterns: readonly string[]; answer: "error" | "random" }
  | { kind: "zone-outage"; zone: string };
