import type { Delay, Duration } from "../config/units.ts";
import type { Resolved } from "./resolved.ts";
import type { SecretKey } from "./secrets.ts";

/** How and where the pods of a workload run. What its kind does not have is there only where the config says it all the same. */
export interface Pods {
  /** Wait before SIGTERM. */
  drain?: Delay;
  /** Name of a pool of its cluster. */
  pool?: string;
  /** Whether a daemon is on nodes with taints too. */
  everyNode: boolean;
  /** Absent: that of everything which says none. */
  priority?: Priority;
  /** Whether the service says it, rather than its team. */
  written: { priority: boolean };
  /** What their images are pulled with. */
  pullSecrets: readonly SecretKey[];
  /** Whether they have the token of their service account. */
  apiAccess: boolean;
  spread?: Spread;
  /** How long a pod is ready before it counts; absent where the steps of a strategy decide alone. */
  minReady?: Delay;
  progressDeadline?: Duration;
  /** The longest that the probes and `minReady` let a pod take until it counts. */
  startsWithin: Duration;
}

export interface Spread extends Resolved {
  zones: SpreadRule;
  nodes: SpreadRule;
}

export type SpreadRule = "wish" | "must" | "off";

/** What a service may have instead of the priority of everything else. */
export type Priority = "low" | "high";
