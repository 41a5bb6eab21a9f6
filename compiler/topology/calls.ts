import type { Duration } from "../config/units.ts";
import type { Resolved } from "./resolved.ts";

/** What a service says of how it calls another, and which port of it. */
export interface Call extends CallOptions {
  /** Port of the Kubernetes Service. */
  port: number;
}

/** What a service says of how it calls another. */
export interface CallOptions extends Resolved {
  timeout?: Duration;
  retries?: {
    attempts: number;
    perTry?: Duration;
    /** Absent where it is the mesh's own choice. */
    on?: readonly string[];
  };
}
