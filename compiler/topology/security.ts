import type { Resolved } from "./resolved.ts";

export interface Policies extends Resolved {
  /** What admission does at most. */
  enforcement: "dryrun" | "warn" | "deny";
  /** What breaking one is to whoever compiles: what the policy says itself, or a warning at most. */
  findings: "own" | "warning";
  /** Policies with a level of their own, by name. */
  levels: { readonly [policy: string]: "off" | "warning" | "error" };
  exemptNamespaces: readonly string[];
}

export interface Security extends Resolved {
  mesh: Resolved & { enabled: boolean; mtls: "strict" | "permissive" };
  policies: Policies;
  allowedRegistries: readonly string[];
  /** Absent: any. */
  allowedMachineTypes?: readonly string[];
  /** Regions by the name of the cloud: those that the config declares. */
  allowedRegions: { readonly [cloud: string]: readonly string[] };
}
