import type { Duration } from "../config/units.ts";
import type { Resolved } from "./resolved.ts";

export interface Aiops extends Resolved {
  forecast?: { horizon: Duration };
  /** `falseAlarms` is a fraction, 0–1. */
  anomalies?: { falseAlarms: number; route?: string };
}
