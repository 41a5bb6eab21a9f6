import type { Resolved } from "./resolved.ts";
import type { Team } from "./teams.ts";

/** A service as far as it is the same wherever it runs. */
export interface Service extends Resolved {
  name: string;
  team: Team;
  kind: "service" | "job" | "stateful" | "daemon";
  /** Names of the clusters that run it. */
  clusters: readonly string[];
}
