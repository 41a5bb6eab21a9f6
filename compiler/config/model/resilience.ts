import type { Names, Ref } from "../names.ts";
import type { HostPattern, ZoneName } from "../texts.ts";
import type { Bytes, Count, Cron, Delay, Duration, Percent, Share } from "../units.ts";

/** Experiments that prove what the platform survives. */
export interface Resilience<N extends Names = Names, E = { [name: string]: Experiment<N> }> {
  /**
   * The one switch: false compiles no experiment at all.
   * @default true
   */
  enabled?: boolean;
  /**
   * Environments that experiments may run in. No other ever gets one.
   * @uniqueItems true
   */
  environments: readonly Ref<N, "environment">[];
  /** Experiments by name. Services say which they take part in. */
  experiments: E;
}

/** One experiment: a fault, when, for how long, how much of the service, and what aborts it. */
export type Experiment<N extends Names = Names> =
  | PodKill<N>
  | NetworkDelay<N>
  | NetworkLoss<N>
  | NetworkPartition<N>
  | CpuStress<N>
  | MemoryStress<N>
  | HttpFault<N>
  | DnsFault<N>
  | ZoneOutage<N>;

/** What every experiment has. */
export interface ExperimentBase<N extends Names = Names> {
  /**
   * When it starts, in UTC.
   * @example "0 10 * * 2"
   */
  schedule: Cron;
  /**
   * How long the fault lasts.
   * @example "5m"
   */
  duration: Duration;
  /**
   * Share of the service's pods that are hit, at least one.
   * @default "34%"
   */
  scope?: Share;
  /**
   * SLOs whose breach ends it at once. At least one: an experiment that nothing stops is an outage.
   * @uniqueItems true
   */
  abortOn: readonly Ref<N, "slo">[];
}

/** Kills pods, one batch after another. */
export interface PodKill<N extends Names = Names> extends ExperimentBase<N> {
  kind: "pod-kill";
  /**
   * Time between two batches.
   * @default "1m"
   */
  every?: Duration;
}

/** Slows a service's network down. */
export interface NetworkDelay<N extends Names = Names> extends ExperimentBase<N> {
  kind: "network-delay";
  /** @example "100ms" */
  latency: Duration;
  /** @default "0ms" */
  jitter?: Delay;
}

/** Loses packets. */
export interface NetworkLoss<N extends Names = Names> extends ExperimentBase<N> {
  kind: "network-loss";
  /** Share of the packets. */
  loss: Share;
}

/** Cuts a service off from another one. */
export interface NetworkPartition<N extends Names = Names> extends ExperimentBase<N> {
  kind: "network-partition";
  /** The service it loses. */
  from: Ref<N, "service">;
}

/** Burns processor time. */
export interface CpuStress<N extends Names = Names> extends ExperimentBase<N> {
  kind: "cpu-stress";
  /**
   * Workers; each burns `load` of one core.
   * @minimum 1
   * @maximum 8192
   */
  workers: Count;
  /**
   * @atLeast 1%
   * @default "100%"
   */
  load?: Percent;
}

/** Fills memory. */
export interface MemoryStress<N extends Names = Names> extends ExperimentBase<N> {
  kind: "memory-stress";
  /**
   * @minimum 1
   * @maximum 8192
   * @default 1
   */
  workers?: Count;
  /** Memory that each worker takes. */
  size: Bytes;
}

/** Delays or fails HTTP requests. On meshed workloads it is injected by the mesh. */
export interface HttpFault<N extends Names = Names> extends ExperimentBase<N> {
  kind: "http-fault";
  /** Share of the requests. */
  requests: Share;
  /** Delay of each. Needed when there is no `status`. */
  delay?: Duration;
  /**
   * Answer of each instead of the service's own.
   * @minimum 200
   * @maximum 599
   * @example 503
   */
  status?: Count;
  /**
   * What injects it: the mesh, or Chaos Mesh's own HTTPChaos, which does not work beside sidecars.
   * @default "mesh" on meshed workloads, "chaos-mesh" otherwise
   */
  by?: "mesh" | "chaos-mesh";
}

/** Breaks name resolution. */
export interface DnsFault<N extends Names = Names> extends ExperimentBase<N> {
  kind: "dns-fault";
  /**
   * Names to break; `*` stands for any part.
   * @minItems 1
   * @uniqueItems true
   */
  patterns: readonly HostPattern[];
  /** @default "error" */
  answer?: "error" | "random";
}

/** Takes every pod of the service in one zone away. */
export interface ZoneOutage<N extends Names = Names> extends ExperimentBase<N> {
  kind: "zone-outage";
  /** @example "europe-west1-b" */
  zone: ZoneName;
}
