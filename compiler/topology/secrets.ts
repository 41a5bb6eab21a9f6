import type { Duration } from "../config/units.ts";
import type { Resolved } from "./resolved.ts";

export interface Secret extends Resolved {
  name: string;
  /** `vault`, or the name of the cloud whose secret manager it is; absent where each cloud has it in its own. */
  store?: string;
  path: string;
  keys: readonly string[];
  rotate?: Duration;
}
