import type { Resolved } from "./resolved.ts";

export interface Budget extends Resolved {
  name: string;
  scope: { cloud?: string; team?: string; environment?: string };
  monthly: { amount: number; currency: string };
  /** Fractions, ascending. */
  alerts: readonly number[];
  route?: string;
}
