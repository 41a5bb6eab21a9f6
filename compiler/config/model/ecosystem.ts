import type { Names } from "../names.ts";
import type { TargetOptions } from "../targets.ts";
import type { EcosystemName } from "../texts.ts";
import type { Cluster, Runner } from "./clusters.ts";
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
import type { Patch } from "./patches.ts";
import type { Secret } from "./secrets.ts";
import type { Security } from "./security.ts";
import type { Experiment, Resilience } from "./resilience.ts";
import type { Slo, Strategy } from "./rollouts.ts";
import type { Service } from "./services.ts";

/**
 * The sections that declare names. Kept apart so that the model can hold them under any name, and `defineEcosystem`
 * under the literal names that it infers from the keys.
 */
export interface Declarations<N extends Names = Names> {
  clouds: Clouds;
  environments: { [name: string]: Environment<N> };
  teams: { [name: string]: Team };
  clusters: { [name: string]: Cluster<N> };
  secrets: { [name: string]: Secret };
  slos: { [name: string]: Slo };
  rollouts: { [name: string]: Strategy<N> };
  resilience: Resilience<N, { [name: string]: Experiment<N> }>;
  observability: Observability<{ [name: string]: AlertRoute }>;
  services: { [name: string]: Service<N> };
}

/** The whole ecosystem, as `ecosystem.config.ts` describes it. */
export interface Ecosystem<N extends Names = Names, D = Declarations<N>> {
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
  clouds: Member<D, "clouds">;
  /** Stages in the order of `after`. */
  environments: Member<D, "environments">;
  teams: Member<D, "teams">;
  clusters: Member<D, "clusters">;
  /**
   * What runs CI jobs, by name.
   * @default {}
   */
  runners?: { [name: string]: Runner<N> };
  /**
   * Secrets by name: where they live, never what they are.
   * @default {}
   */
  secrets?: Member<D, "secrets">;
  /**
   * Promises by name; services say which they keep.
   * @default {}
   */
  slos?: Member<D, "slos">;
  /**
   * Rollout strategies by name; services say which they use.
   * @default {}
   */
  rollouts?: Member<D, "rollouts">;
  /** Chaos experiments. Default: none. */
  resilience?: Member<D, "resilience">;
  security: Security;
  observability?: Member<D, "observability">;
  services: Member<D, "services">;
  /**
   * Limits on what is spent, by name.
   * @default {}
   */
  budgets?: { [name: string]: Budget<N> };
  /** Default: nothing is optimized. */
  optimization?: Optimization;
  continuity?: Continuity<N>;
  aiops?: Aiops<N>;
  delivery?: Delivery;
  /** Options of single targets; `false` turns one off. */
  targets?: TargetOptions;
  /**
   * Targets of other packages, by name.
   * @default {}
   */
  extensions?: { [name: string]: Extension };
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
}

type Member<D, K extends string> = D extends { [P in K]: infer V } ? V : never;

/** The concrete model: what the JSON schema is made from. */
export type EcosystemModel = Ecosystem;
