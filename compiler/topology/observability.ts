import type { Duration } from "../config/units.ts";
import type { Resolved } from "./resolved.ts";

export interface Observability extends Resolved {
  metrics: Resolved & { interval: Duration; retention: Duration };
  /** `sampling` is a fraction, 0–1. */
  traces: Resolved & { sampling: number; retention: Duration };
  logs: Resolved & { retention: Duration };
  alertRoutes: readonly (Resolved & { name: string; kind: "slack" | "pagerduty" | "webhook" | "email"; to: string })[];
}
