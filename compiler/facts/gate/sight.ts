import type { GatePromise } from "./promise.ts";

/** What a step of a release shows of the new version, during its pause. */
export interface Look {
  /** Requests a minute that the new version gets. */
  requests: number;
  minutes: number;
  /**
   * Its part of the requests of both versions, 0–1: what the comparison with the stable version takes. Without it the
   * objective alone is reckoned with.
   */
  share?: number;
}

/** Requests without a bad event that the gate needs before it passes. */
export function requestsToPass(objective: number, promise: GatePromise): number {
  throw new Error("not yet");
}

/**
 * Minutes from the first weight to where the gate can pass at the earliest, without one bad event; undefined where that
 * needs more requests than the looks and `hold` minutes at the last of them bring.
 */
export function earliestPass(
  objective: number,
  promise: GatePromise,
  looks: readonly Look[],
  hold: number,
): number | undefined {
  throw new Error("not yet");
}

/**
 * Minutes from the first weight within which a release that burns `promise.burn` is aborted with that chance, and the
 * chance; without minutes the chance is that of all looks and the hold.
 */
export function caughtBy(
  objective: number,
  promise: GatePromise,
  looks: readonly Look[],
  hold: number,
  chance = 0.99,
): { minutes: number; chance: number } | { minutes: undefined; chance: number } {
  throw new Error("not yet");
}
