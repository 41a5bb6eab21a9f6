import type { CloudName } from "./clouds.ts";
import type { Resolved } from "./resolved.ts";

export interface Budget extends Resolved {
  name: string;
  scope: { cloud?: CloudName; team?: string; environment?: string };
  monthly: { amount: number; currency: string };
  /** Fractions, ascending. */
  alerts: readonly number[];
  route?: string;
}
