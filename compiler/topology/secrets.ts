import type { Duration } from "../config/units.ts";
import type { Resolved } from "./resolved.ts";

/** A secret as it is on some clusters: there is one for each form that it has. */
export interface Secret extends Resolved {
  name: string;
  /** `vault`, or the name of the cloud whose secret manager it is; absent where each cloud has it in its own. */
  store?: string;
  path: string;
  keys: readonly string[];
  rotate?: Duration;
  /** Config paths of what differs in this form. */
  differs: readonly string[];
  /** Config paths that say so. */
  written: { store: string; path: string };
}

/** A key of a declared secret, as somebody reads it. */
export interface SecretKey extends Resolved {
  secret: Secret;
  /** Name of the Kubernetes Secret. */
  name: string;
  /** Absent where the config names none of several. */
  key?: string;
}
