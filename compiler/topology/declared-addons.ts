import type { AddonChart, GroupKind, NamespaceNeeds, PodsNetwork } from "./addons.ts";
import type { Resolved } from "./resolved.ts";

/** An upstream chart that the config asks for; the platform's add-ons have it on each of its clusters. */
export interface DeclaredAddon extends Resolved {
  name: string;
  namespace: string;
  /** Names, sorted. */
  clusters: readonly string[];
  stage: AddonStage;
  chart: AddonChart;
  values: { readonly [field: string]: unknown };
  images: readonly DeclaredImage[];
  /** Absent: nobody says. */
  network?: { readonly [name: string]: PodsNetwork };
  namespaceNeeds?: NamespaceNeeds;
  /** Kinds that objects of workloads may be of, where it is. */
  workloadKinds: readonly GroupKind[];
  clusterKinds: readonly GroupKind[];
}

/** An image, or the part of a registry that all of them are in. */
export interface DeclaredImage {
  name: string;
  /** The values of the chart that say it. Absent: nobody knows them. */
  values?: { repository: string; registry?: string };
}

/** The stages that an add-on of a project's own may be applied in. */
type AddonStage =
  | "crds"
  | "storage"
  | "metrics"
  | "mesh"
  | "secrets"
  | "rollouts"
  | "policies"
  | "controllers"
  | "workloads";
