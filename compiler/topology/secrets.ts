import type { Duration } from "../config/units.ts";
import type { CloudName } from "./clouds.ts";
import type { Resolved } from "./resolved.ts";

export interface Secret extends Resolved {
  name: string;
  store: "vault" | CloudName;
  path: string;
  keys: readonly string[];
  rotate?: Duration;
}
