import type { Names } from "../names.ts";
import type { TargetOptions } from "../targets.ts";
import type { EcosystemName } from "../texts.ts";
import type { Addon } from "./addons.ts";
import type { Cluster, Runner } from "./clusters.ts";
import type { External } from "./externals.ts";
import type { Extension } from "./extensions.ts";
import type { Extra } from "./extra.ts";
import type { Clouds } from "./clouds.ts";
import type { Environment } from "./environments.ts";
import type { Management, Repository } from "./repository.ts";
import type { Team } from "./teams.ts";
import type { Aiops } from "./aiops.ts";
import type { AlertRoute, Observability } from "./observability.ts";
import type { Budget } from "./budgets.ts";
import type { Continuity } from "./continuity.ts";
import type { Delivery } from "./delivery.ts";
import type { Optimization } from "./optimization.ts";
import type { Ignore, Levels } from "./levels.ts";
import type { Patch } from "./patches.ts";
import type { Registries } from "./registries.ts";
import type { Secret } from "./secrets.ts";
import type { Security } from "./security.ts";
import type { Experiment, Resilience } from "./resilience.ts";
import type { Slo, Strategy } from "./rollouts.ts";
import type { Service } from "./services.ts";

/**
 * The whole ecosystem, as `ecosystem.config.ts` describes it. `N` are the names that it may refer to, `D` those that it
 * declares: each family is the keys of one record, at the place that `families` says. What a cloud, a cluster or a runner
 * may have depends on the kind of its cloud, which only the inferred records `C`, `K` and `R` know.
 */
export interface Ecosystem<
  N extends Names = Names,
  D extends Names = N,
  C = Clouds<N>,
  K = { [name: string]: Cluster<N> },
  R = { [name: string]: Runner<N> },
> {
  /**
   * Which format of the config it is written in: what its keys are called. `eco-compile init` and `eco-compile migrate`
   * write it, and `migrate` brings an older one up to date.
   * @default the newest that the compiler knows
   */
  format?: 3;
  /**
   * Name of the ecosystem; part of every cloud resource's name.
   * @example "ultimate"
   */
  name: EcosystemName;
  repository: Repository;
  /**
   * Where the modules, charts and policies that the output refers to live: `vendored` writes those that are needed
   * under `generated/lib/`, `in-repo` refers to the folders of this repository.
   * @default "vendored"
   */
  library?: "vendored" | "in-repo";
  management: Management<N>;
  clouds: C;
  /** Stages in the order of `after`. */
  environments: { [K in D["environment"]]: Environment<N> };
  teams: { [K in D["team"]]: Team<N> };
  clusters: K;
  /**
   * What runs CI jobs, by name.
   * @default {}
   */
  runners?: R;
  /**
   * Secrets by name: where they live, never what they are.
   * @default {}
   */
  secrets?: { [K in D["secret"]]: Secret<N> };
  /**
   * Promises by name; services say which they keep.
   * @default {}
   */
  slos?: { [K in D["slo"]]: Slo };
  /**
   * Rollout strategies by name; services say which they use.
   * @default {}
   */
  rollouts?: { [K in D["rollout"]]: Strategy<N> };
  /** Chaos experiments. Default: none. */
  resilience?: Resilience<N, { [K in D["experiment"]]: Experiment<N> }>;
  security: Security;
  /** Default: everything is pulled from where it is. */
  registries?: Registries<N>;
  observability?: Observability<{ [K in D["alertRoute"]]: AlertRoute }>;
  services: { [K in D["service"]]: Service<N> };
  /**
   * What services call outside of the platform, by name; services say which they call.
   * @default {}
   */
  externals?: { [K in D["external"]]: External<N> };
  /**
   * Upstream charts of your own choice, by name.
   * @default {}
   */
  addons?: { [K in D["addon"]]: Addon<N> };
  /**
   * Limits on what is spent, by name.
   * @default {}
   */
  budgets?: { [K in D["budget"]]: Budget<N> };
  /** Default: nothing is optimized. */
  optimization?: Optimization;
  continuity?: Continuity<N>;
  aiops?: Aiops<N>;
  delivery?: Delivery;
  /** Options of single targets; `false` turns one off. */
  targets?: TargetOptions;
  /** Targets of other packages, by name. Default: none. */
  extensions?: { [K in D["extension"]]: Extension };
  /**
   * Changes to what the compiler makes.
   * @default []
   */
  patches?: readonly Patch<N>[];
  /**
   * Folders of your own that are applied beside what is compiled.
   * @default []
   */
  extra?: readonly Extra<N>[];
  /**
   * Levels of checks and policies, by id, instead of their own: `off`, `warning` or `error`. What would leave the output broken or unsafe cannot be
   * lowered.
   * @default {}
   * @keys CheckName
   */
  checks?: Levels;
  /**
   * Findings that are accepted, each with its reason. One that matches nothing is a finding. Default: none.
   */
  ignore?: readonly Ignore[];
}

/** The concrete model: what the JSON schema is made from. */
export type EcosystemModel = Ecosystem;
