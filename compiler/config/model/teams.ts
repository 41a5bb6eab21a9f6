import type { Differences, DifferentFields } from "../difference.ts";
import type { Names, Ref } from "../names.ts";
import type { DnsLabel, Line } from "../texts.ts";
import type { Bytes, Count, Cpu, Memory, PodCount } from "../units.ts";

/** People who own services. Each team has its own Argo CD project and its own namespace. */
export interface Team<N extends Names = Names> extends TeamFields {
  /**
   * Where the team is reached: a channel, a mail address or a page.
   * @example "#team-checkout"
   */
  contact: Line;
  /**
   * Namespace of the team's services.
   * @default the team's name
   */
  namespace?: DnsLabel;
  /**
   * What differs in an environment: any field but `contact` and `namespace`. Objects merge field by field, `null` takes a
   * field away, all else replaces what the team says.
   * @keysOf environment
   * @default {}
   */
  in?: Differences<Ref<N, "environment">, TeamDifference>;
  /**
   * What differs on a cluster, in the same way. It counts for more than what differs in the cluster's environment.
   * @keysOf cluster
   * @default {}
   */
  on?: Differences<Ref<N, "cluster">, TeamDifference>;
}

/** What differs of a team. */
export interface TeamDifference extends DifferentFields<TeamFields> {}

/** What may differ between environments and clusters: what holds for the pods of a team. */
export interface TeamFields {
  /**
   * `priority` of those of its services that say none.
   * @default "normal"
   */
  priority?: "low" | "normal" | "high";
  /** What its pods may ask for together on a cluster: Kubernetes refuses what goes over. Default: no limit. */
  quota?: Quota;
  /** What each container of its pods may have. Default: what it asks for. */
  limits?: Limits;
}

/**
 * What the pods of a team may ask for together on a cluster, those of a rollout's next version, of jobs and of containers that
 * the mesh adds among them. What is left out has no limit.
 */
export interface Quota {
  /**
   * Cores that are reserved.
   * @example "20"
   */
  cpu?: Cpu;
  /**
   * Memory that is reserved.
   * @example "64Gi"
   */
  memory?: Memory;
  /** How many pods there are that have not ended. */
  pods?: PodCount;
  /** How many volumes outlive their pods, those of pods that are gone among them. */
  volumes?: Count;
  /**
   * The size of these volumes.
   * @example "500Gi"
   */
  storage?: Bytes;
}

/** What each container of a team's pods may have. */
export interface Limits {
  /**
   * The most, for those of services, for those beside them and for those that the mesh adds: Kubernetes refuses a pod with a
   * larger one. Default: no limit.
   */
  max?: LargestContainer;
  /** What one gets that says nothing, in pods of `extra` and those that are started by hand: services always say it. */
  default?: DefaultContainer;
}

/** The most that a container may have. */
export interface LargestContainer {
  /**
   * Cores that it may use, as `cpuLimit` of a service.
   * @example "4"
   */
  cpu?: Cpu;
  /**
   * Memory that it may use.
   * @example "8Gi"
   */
  memory?: Memory;
}

/** What a container gets that says nothing. */
export interface DefaultContainer {
  /**
   * Cores that are reserved; twice as many may be used, and no more than `max` has.
   * @default 100m, and at most what `max` has
   */
  cpu?: Cpu;
  /**
   * Memory that is reserved and never exceeded.
   * @default 128Mi, and at most what `max` has
   */
  memory?: Memory;
}
