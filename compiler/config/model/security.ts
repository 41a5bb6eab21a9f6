import type { DnsLabel, ImagePlace, MachineType } from "../texts.ts";

/** Rules that hold everywhere. */
export interface Security {
  /** The service mesh. */
  mesh?: Mesh;
  /** Admission policies. */
  policies?: Policies;
  /**
   * Image repositories must start with one of these.
   * @uniqueItems true
   * @example ["ghcr.io/acme/"]
   */
  allowedRegistries: readonly ImagePlace[];
  /**
   * Machine types that pools and runners may use.
   * @uniqueItems true
   * @default any
   */
  allowedMachineTypes?: readonly MachineType[];
}

/** The service mesh. */
export interface Mesh {
  /** @default true */
  enabled?: boolean;
  /**
   * `strict` refuses plain text between workloads.
   * @default "strict"
   */
  mtls?: "strict" | "permissive";
}

/** How Gatekeeper treats what breaks a policy. */
export interface Policies {
  /**
   * `dryrun` reports, `warn` warns whoever applies, `deny` refuses. A new policy starts in dryrun.
   * @default "dryrun"
   */
  enforcement?: "dryrun" | "warn" | "deny";
  /**
   * Namespaces that admission leaves alone, beside the system's own.
   * @uniqueItems true
   * @default []
   */
  exemptNamespaces?: readonly DnsLabel[];
}
