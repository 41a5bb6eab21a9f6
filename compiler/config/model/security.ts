import type { DnsLabel, ImagePlace, MachineType } from "../texts.ts";

/** Rules that hold everywhere. */
export interface Security {
  /** The service mesh. */
  mesh?: Mesh;
  /** Admission policies. */
  policies?: Policies;
  /**
   * Image repositories must start with one of these. They are what images are called without a mirror
   * (`registries.mirror`).
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

/** What breaking a policy does. */
export interface Policies {
  /**
   * What Gatekeeper does: `dryrun` reports, `warn` warns whoever applies, `deny` refuses. The compiler and the checks of
   * pull requests agree: with `dryrun` and `warn` what breaks a policy is a warning, with `deny` an error. Left out,
   * Gatekeeper reports as with `dryrun`, and the compiler refuses to write what breaks a policy. `checks` sets single
   * policies, as `"policy/probes"`.
   * @default dryrun in clusters, an error for the compiler
   */
  enforcement?: "dryrun" | "warn" | "deny";
  /**
   * Namespaces that admission leaves alone, beside the system's own.
   * @uniqueItems true
   * @default []
   */
  exemptNamespaces?: readonly DnsLabel[];
}
