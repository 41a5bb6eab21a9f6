import type { Duration } from "../config/units.ts";
import type { Resolved } from "./resolved.ts";

/** What a service says of how it calls another, and which port of it. */
export interface Call extends CallOptions {
  /** Port of the Kubernetes Service. */
  port: number;
}

/** What a service says of how it calls another. */
export interface CallOptions extends ConnectionOptions {
  timeout?: Duration;
  retries?: {
    attempts: number;
    perTry?: Duration;
    /** Absent where it is the mesh's own choice. */
    on?: readonly string[];
  };
}

/** What a service says of how it connects to what it calls. */
export interface ConnectionOptions extends Resolved {
  connectTimeout?: Duration;
  outliers?: Outliers;
}

/** When a caller stops asking a pod that keeps failing. */
export interface Outliers {
  /** In a row. */
  errors: number;
  on: "5xx" | "gateway-error";
  /** How often is looked which of the ejected are back. */
  interval: Duration;
  ejectionTime: Duration;
  /** Percent of the pods. */
  maxEjected: number;
  /** Percent of the pods. */
  minHealthy: number;
}
