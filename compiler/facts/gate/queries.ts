import type { Counters } from "./counters.ts";
import type { GatePromise } from "./promise.ts";

/** The hashes of the versions' pods, or template arguments such as `{{args.version}}`. */
export interface Versions {
  latest: string;
  /** Without it there is nothing to compare with. */
  stable?: string;
}

/** The score that the watch aborts on from `abortAt`; empty where the version has no pods. */
export function watchQuery(counters: Counters, objective: number, promise: GatePromise, versions: Versions): string {
  throw new Error("not yet");
}

/** The score that the gate passes on at `passAt` and below; empty where the version has no pods. */
export function gateQuery(counters: Counters, objective: number, promise: GatePromise, versions: Versions): string {
  throw new Error("not yet");
}
