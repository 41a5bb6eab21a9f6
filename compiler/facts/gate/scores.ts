import { voteCap, type GatePromise, type Span } from "./promise.ts";

/** What a version counted during one vote. */
export interface Counted {
  requests: number;
  bad: number;
}

/**
 * The log-likelihood ratio of "bad events are `burn` times as frequent as the objective allows" against "as frequent as
 * it allows". The exponential of its sum is a supermartingale while the objective is kept, and that of its negative
 * while `burn` or more is burnt; docs/releases.md has the proof.
 */
export const againstObjective = (
  objective: number,
  { burn, bunches }: GatePromise,
  { requests, bad }: Counted,
): number => (bad * Math.log(burn) - (burn - 1) * (1 - objective) * requests) / bunches;

/**
 * The log-likelihood ratio of "a bad event is the new version's `burn` times as often as its share of the requests says"
 * against "as often".
 */
export const againstStable = ({ burn, bunches }: GatePromise, own: Counted, stable: Counted): number => {
  const share = own.requests / Math.max(1, own.requests + stable.requests);
  return (own.bad * Math.log(burn) - (own.bad + stable.bad) * Math.log(1 + (burn - 1) * share)) / bunches;
};

/** A single vote, however bad, aborts nothing. */
export const capped = (promise: GatePromise, score: number, span: Span = "release"): number =>
  Math.min(score, voteCap(promise, span));
