import type { Platform } from "./addons.ts";
import type { Aiops } from "./aiops.ts";
import type { Budget } from "./budgets.ts";
import type { Cloud } from "./clouds.ts";
import type { Cluster } from "./clusters.ts";
import type { Continuity } from "./continuity.ts";
import type { DeclaredAddon } from "./declared-addons.ts";
import type { Delivery } from "./delivery.ts";
import type { Environment } from "./environments.ts";
import type { External } from "./externals.ts";
import type { Extra } from "./extra.ts";
import type { Observability } from "./observability.ts";
import type { Optimization } from "./optimization.ts";
import type { Patch } from "./patches.ts";
import type { Resilience } from "./resilience.ts";
import type { Resolved } from "./resolved.ts";
import type { Slo, Strategy } from "./rollouts.ts";
import type { Runner } from "./runners.ts";
import type { Secret } from "./secrets.ts";
import type { Security } from "./security.ts";
import type { Service } from "./services.ts";
import type { Team } from "./teams.ts";
import type { TerraformRoot } from "./terraform.ts";
import type { ResolvedTunable } from "./tunables.ts";
import type { Workload } from "./workloads.ts";

/**
 * The resolved ecosystem: every default filled in, every reference an object, every service expanded over its clusters.
 * Frozen and target-neutral; `schemas/topology.schema.json` is made from it. Lists are sorted by name (environments by
 * order), so that the order of keys in the config changes nothing.
 */
export interface Topology extends Resolved {
  name: string;
  repository: Resolved & { url: string; revision: string; path: string };
  /** Folders of the hand-written library, relative to the project. */
  library: { vendored: boolean; modules: string; charts: string; policies: string };
  /** Where the images of eco-compile's own components are. */
  componentRegistry: string;
  environments: readonly Environment[];
  teams: readonly Team[];
  clouds: readonly Cloud[];
  clusters: readonly Cluster[];
  /** The cluster that runs the Terraform objects. */
  management: Cluster;
  runners: readonly Runner[];
  terraformRoots: readonly TerraformRoot[];
  secrets: readonly Secret[];
  slos: readonly Slo[];
  /** Named strategies and those written inside services, each once. */
  strategies: readonly Strategy[];
  resilience: Resilience;
  security: Security;
  observability: Observability;
  services: readonly Service[];
  externals: readonly External[];
  workloads: readonly Workload[];
  /** Charts that the config asks for; `platform` has them on their clusters. */
  declaredAddons: readonly DeclaredAddon[];
  platform: Platform;
  budgets: readonly Budget[];
  optimization?: Optimization;
  continuity?: Continuity;
  aiops?: Aiops;
  delivery?: Delivery;
  patches: readonly Patch[];
  extra: readonly Extra[];
  tunables: readonly ResolvedTunable[];
}

export type * from "./generated/areas.ts";
