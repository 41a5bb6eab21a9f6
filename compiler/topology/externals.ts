import type { ConnectionOptions } from "./calls.ts";
import type { Resolved } from "./resolved.ts";

/** Something outside of the platform as it is on some clusters: there is one for each form that it has. */
export interface External extends Resolved {
  name: string;
  host: string;
  /** Addresses and networks that it is reached at; none where that is every public address. */
  addresses: readonly string[];
  port: number;
  protocol: "tcp" | "https" | "http" | "http2" | "grpc";
  /** Fraction of the time, 0–1. */
  availability?: number;
  /** Config paths of what differs in this form. */
  differs: readonly string[];
  /** Config paths that say so. */
  written: { host: string; addresses: string; port: string; protocol: string };
}

/** A call of a workload to something outside. */
export interface ExternalDependency extends Resolved {
  external: External;
  critical: boolean;
  /** Absent where nothing is said of how it is called. */
  call?: ConnectionOptions;
}
