import type { Resolved } from "./resolved.ts";

export interface Security extends Resolved {
  mesh: Resolved & { enabled: boolean; mtls: "strict" | "permissive" };
  policies: Resolved & { enforcement: "dryrun" | "warn" | "deny"; exemptNamespaces: readonly string[] };
  allowedRegistries: readonly string[];
  /** Absent: any. */
  allowedMachineTypes?: readonly string[];
  /** Regions by cloud: those that the config declares. */
  allowedRegions: {
    readonly gcp?: readonly string[];
    readonly aws?: readonly string[];
    readonly azure?: readonly string[];
  };
}
