import type { Delay } from "../units.ts";

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
}
