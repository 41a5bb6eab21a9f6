import type { Experiment } from "./resilience.ts";
import type { Resolved } from "./resolved.ts";
import type { Slo, Strategy } from "./rollouts.ts";
import type { Team } from "./teams.ts";

/** A service as it is declared, before it is placed. */
export interface Service extends Resolved {
  name: string;
  team: Team;
  kind: "service" | "job" | "stateful";
  image: string;
  tag?: string;
  /** Names of the clusters that run it. */
  clusters: readonly string[];
  dependsOn: readonly (Resolved & { service: string; port: number; critical: boolean })[];
  slos: readonly Slo[];
  strategy: Strategy;
  experiments: readonly Experiment[];
}
