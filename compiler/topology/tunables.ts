import type { Resolved } from "./resolved.ts";

/** A value with bounds, as the optimizer and the proposals' checks see it. Units are those of the config. */
export interface ResolvedTunable extends Resolved {
  current: number | string;
  default: number | string;
  min: number | string;
  max: number | string;
  step?: number | string;
}
