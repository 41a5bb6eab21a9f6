import type { Bytes, Cpu } from "../config/units.ts";
import type { Priority } from "./pods.ts";
import type { Resolved } from "./resolved.ts";

export interface Team extends Resolved {
  name: string;
  contact: string;
  namespace: string;
  /** What holds for its pods on each cluster, by the cluster's name. */
  on: { readonly [cluster: string]: TeamRules };
}

/** What holds for the pods of a team on a cluster. Clusters between which nothing differs have the same. */
export interface TeamRules {
  /** That of its services which say none. */
  priority: Priority | "normal";
  quota?: Quota;
  limits?: Limits;
  /** Config paths that say so; absent where nothing does. */
  written: { priority?: string };
}

/** What the pods of a team may ask for together. */
export interface Quota extends Resolved {
  cpu?: Cpu;
  memory?: Bytes;
  pods?: number;
  volumes?: number;
  storage?: Bytes;
  /** Config paths that say so. */
  written: { readonly [field in QuotaField]: string };
}

export type QuotaField = "cpu" | "memory" | "pods" | "volumes" | "storage";

/** What each container of a team's pods may have. */
export interface Limits extends Resolved {
  /** The most. */
  max: { cpu?: Cpu; memory?: Bytes };
  /** What one gets that says nothing. */
  default: { cpu: Cpu; cpuLimit: Cpu; memory: Bytes };
  /** Config paths that say so. */
  written: { max: { cpu: string; memory: string }; default: { cpu: string; memory: string } };
}
