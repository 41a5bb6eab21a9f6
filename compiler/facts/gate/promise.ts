/** What a rollout's analyses promise; all follows from it, for every SLO and every look. */
export interface GatePromise {
  /** Chance, at most, that a release is aborted that keeps its SLOs; for all SLOs and looks together, 0–1. */
  falseAbort: number;
  /** Chance, at most, that a release is let through that burns `burn` or more, 0–1. */
  falsePass: number;
  /** Harm: this many times the share of bad events that the objective allows; above 1. */
  burn: number;
  /** Votes, at least, that have to speak against a release before it is aborted. */
  agree: number;
  /** Bad events, at most, that one cause makes: 1 and the attempts of retries. */
  bunches: number;
  /** SLOs that a release is held to. */
  slos: number;
  /**
   * Whom a release is aborted for: one that is worse than the objective and worse than the stable version, or than one
   * of them.
   */
  against: "both" | "objective" | "stable";
  /** Seconds between two scrapes. */
  scrape: number;
  /** Seconds that a vote is about; a multiple of `scrape`. */
  vote: number;
  /** Seconds that the votes reach back; longer than the longest release. */
  reach: number;
  /** Seconds without Prometheus after which a release is aborted anyway; shorter gaps are bridged. */
  outage: number;
}

/**
 * The watch aborts for the sum of a whole release, or for that of a moment: so that a version that was good for long,
 * and begins to fail with more traffic, is aborted as soon. This part of the false aborts is the first one's.
 */
const RELEASE = 0.9;

/**
 * The watch aborts from this score on: ln(SLOs / falseAbort) for nine tenths of falseAbort, rounded up so that the chance
 * is not above the promised.
 */
export const abortAt = ({ slos, falseAbort }: GatePromise): number => up(Math.log(slos / (RELEASE * falseAbort)), 1e4);

/** Votes of a moment: as many as have to agree, and the one in which it begins. */
export const momentVotes = ({ agree }: GatePromise): number => agree + 1;

/**
 * How much more the sum of a moment has to be: each of a release's moments has a part of the other tenth, and there are
 * as many as there are votes.
 */
export const momentBehind = ({ reach, vote }: GatePromise): number =>
  up(Math.log(((RELEASE / (1 - RELEASE)) * reach) / vote), 1e4);

/** Which sum a vote is counted in. */
export type Span = "release" | "moment";

/** A vote counts at most this: `agree` of them are just enough, whatever the sum's last digit. */
export const voteCap = (promise: GatePromise, span: Span): number => {
  const needed = abortAt(promise) + (span === "moment" ? momentBehind(promise) : 0);
  return (Math.ceil((needed / promise.agree) * 1e6) + 1) / 1e6;
};

/** The gate passes from this score down: ln(falsePass), rounded down. */
export const passAt = ({ falsePass }: GatePromise): number => -up(Math.log(1 / falsePass), 1e4);

const up = (value: number, parts: number): number => Math.ceil(value * parts) / parts;
