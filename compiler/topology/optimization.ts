import type { Cron, Duration } from "../config/units.ts";
import type { Resolved } from "./resolved.ts";

export interface Optimization extends Resolved {
  engine: "hybrid" | "classical";
  cadence: Cron;
  objective: { cost: number; latency: number; reliability: number };
  apply: "pull-request";
  proposalExpiry: Duration;
}
