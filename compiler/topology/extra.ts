import type { Resolved } from "./resolved.ts";

/** A folder of somebody's own, applied beside what is compiled. */
export interface Extra extends Resolved {
  /** Of its Application and project, or of its module. */
  name: string;
  /** Relative to the project. */
  folder: string;
  /** The cluster that it is applied to; absent for a root's. */
  cluster?: string;
  /** The Terraform root that calls it, `<cloud>/<root>`; absent for a cluster's. */
  root?: string;
  /** Namespaces of the objects in it, sorted. */
  namespaces: readonly string[];
  /** Kinds of the objects in it that have a namespace, and of those that have none; sorted. */
  kinds: readonly { group: string; kind: string }[];
  clusterKinds: readonly { group: string; kind: string }[];
}
