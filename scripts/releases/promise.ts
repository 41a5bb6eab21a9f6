import type { GatePromise } from "../../compiler/facts/gate/promise.ts";

/** The defaults of the config, for one SLO. */
export const PROMISE: GatePromise = {
  falseAbort: 0.01,
  falsePass: 0.01,
  burn: 10,
  agree: 2,
  bunches: 1,
  slos: 1,
  against: "both",
  scrape: 30,
  vote: 60,
  reach: 7200,
  outage: 600,
};
