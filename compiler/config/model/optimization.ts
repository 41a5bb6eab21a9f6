import type { Cron, Duration } from "../units.ts";

/** What looks for better values of the tunables. */
export interface Optimization {
  /**
   * `hybrid` runs QAOA on a simulator beside an exact classical baseline; `classical` the baseline alone.
   * @default "hybrid"
   */
  engine?: "hybrid" | "classical";
  /** When it looks. */
  cadence: Cron;
  /** What better means: relative weights. */
  objective: {
    /**
     * Weight of money.
     * @minimum 0
     * @maximum 1000000
     */
    cost: number;
    /**
     * Weight of slow answers.
     * @minimum 0
     * @maximum 1000000
     */
    latency: number;
    /**
     * Weight of missed SLOs.
     * @minimum 0
     * @maximum 1000000
     */
    reliability: number;
  };
  /**
   * How a proposal reaches the config. Always a pull request: nothing changes a cluster by hand.
   * @default "pull-request"
   */
  apply?: "pull-request";
  /**
   * How long a proposal may wait for its review.
   * @atLeast 1h
   * @default "7d"
   */
  proposalExpiry?: Duration;
}
