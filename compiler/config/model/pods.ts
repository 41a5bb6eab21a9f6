import type { LabelValue } from "../texts.ts";
import type { Delay, Duration } from "../units.ts";

/** How and where the pods of a service run. */
export interface PodFields {
  /**
   * Time between a pod's leaving its Services and the signal to end, for requests that are on their way to it. It is a part
   * of `gracePeriod`. Not for `kind: "job"`.
   * @atMost 7d
   * @inSteps 1s
   * @default five seconds, and at most half of `gracePeriod`
   */
  drain?: Delay;
  /**
   * The node pool that its pods run on, by its name in `nodePools` of each cluster that it is on; they tolerate what keeps
   * others away from it. Default: wherever no taint keeps them away.
   * @example "batch"
   */
  pool?: LabelValue;
  /**
   * A pod on each node of all pools, those as well whose taints keep other pods away: it tolerates all that `nodePools` of
   * its cluster say. Only for `kind: "daemon"`, and not beside `pool`.
   * @default false
   */
  everyNode?: boolean;
  /**
   * Which pods give way where the nodes are full: those of `low` to all others, all others to those of `high`. A pod that
   * gives way is ended with its grace period, and waits for room. `normal` is what everything has that says nothing.
   * @default what its team says
   */
  priority?: "low" | "normal" | "high";
  /**
   * Its pods get the token of their service account, and reach the API server of their cluster. What they may do there is
   * said by a Role and a RoleBinding for the service account, which has the name of the service: `extra` takes such manifests.
   * @default false
   */
  apiAccess?: boolean;
  /** How its pods are spread over a cluster. Not for `kind: "job"` and `"daemon"`. */
  spread?: Spread;
  /**
   * How long a new pod must have been ready before the rollout counts it and goes on. Not for `kind: "job"`.
   * @atMost 1d
   * @inSteps 1s
   * @default five seconds; with a strategy that has steps, none
   */
  minReady?: Delay;
  /**
   * How long a rollout may wait for one more pod before it has failed. Only for `kind: "service"`.
   * @atLeast 10s
   * @atMost 7d
   * @inSteps 1s
   * @default ten minutes, and at least five more than the probes and `minReady` let a pod take
   */
  progressDeadline?: Duration;
}

/**
 * How pods are spread: `wish` puts them as evenly as there is room, `must` rather leaves a pod pending than puts it where
 * there is already one more than elsewhere, `off` lets them stand anywhere.
 */
export interface Spread {
  /**
   * Over the zones of the cluster.
   * @default "wish"
   */
  zones?: "wish" | "must" | "off";
  /**
   * Over its nodes.
   * @default "wish"
   */
  nodes?: "wish" | "must" | "off";
}
