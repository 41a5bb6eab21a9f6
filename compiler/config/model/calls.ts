import type { Names, Ref } from "../names.ts";
import type { Destination } from "../texts.ts";
import type { Count, Duration, Percent, PortNumber } from "../units.ts";

/** A call to another declared service. */
export interface Dependency<N extends Names = Names> extends CallOptions {
  service: Ref<N, "service">;
  /** The port's number at the other service. */
  port: PortNumber;
  /**
   * The caller fails when this one does. Then its SLOs bound the caller's.
   * @default true
   */
  critical?: boolean;
}

/** A host outside the platform. */
export interface Egress {
  /**
   * Its name, address or network. A name opens every public address at the port, since network rules know addresses
   * alone; an address or a network opens itself, private ones too.
   * @example "api.stripe.com"
   */
  host: Destination;
  /** @default 443 */
  port?: PortNumber;
}

/**
 * How a service calls another. Its sidecar sees to it: the caller has to be in the mesh, and for `timeout` and `retries`
 * both have to speak HTTP or gRPC. While a shadow rollout copies the requests of the called service, these two are Istio's own.
 */
export interface CallOptions extends ConnectionOptions {
  /**
   * Time that a call has, with all its tries; then it has failed.
   * @atMost 1h
   * @default as long as both ends wait
   * @example "2s"
   */
  timeout?: Duration;
  /** How calls that fail are tried again. Default: as Istio does, twice, where the service cannot have got them. */
  retries?: Retries;
}

/** How a service's sidecar connects to what it calls, whatever is spoken there over TCP. */
export interface ConnectionOptions {
  /**
   * Time that the other side has to take a connection; then the try has failed.
   * @atMost 1h
   * @default Istio's own, 10 s
   * @example "500ms"
   */
  connectTimeout?: Duration;
  /** When the caller stops asking a pod that keeps failing. Default: it goes on asking all that are ready. */
  outliers?: Outliers;
}

/**
 * When a caller stops asking a pod that keeps failing, before the pod's own readiness says so: Envoy's outlier detection
 * (https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier). Each pod of the caller decides for
 * itself. What is said of pods holds of the addresses of something outside.
 */
export interface Outliers {
  /**
   * How many errors in a row a pod is ejected after.
   * @minimum 1
   * @default 5
   */
  errors?: Count;
  /**
   * What an error is: any answer from 500 up, or 502, 503 and 504 alone. Connections that fail or time out are errors
   * either way, and in plain TCP the only ones.
   * @default "5xx"
   */
  on?: "5xx" | "gateway-error";
  /**
   * How long a pod is ejected for the first time. Each further time takes as much longer, up to 5 minutes.
   * @atLeast 1s
   * @atMost 5m
   * @default "30s"
   */
  ejectionTime?: Duration;
  /**
   * Largest share of the pods that is ejected at a time. Parts of a pod do not count: of 3 pods at 50%, one is, and of a
   * single one none.
   * @atLeast 1%
   * @inSteps 1%
   * @default "50%"
   */
  maxEjected?: Percent;
  /**
   * Smallest share of the pods that has to be left. Where less is, the caller asks all of them again: what fails everywhere
   * is no fault of single pods.
   * @inSteps 1%
   * @default "0%"
   */
  minHealthy?: Percent;
}

/** How calls that fail are tried again. */
export interface Retries {
  /**
   * How often a call is tried again; 0 is never.
   * @maximum 10
   */
  attempts: Count;
  /**
   * Time that each try has.
   * @atMost 1h
   * @default the call's timeout
   * @example "500ms"
   */
  perTry?: Duration;
  /**
   * What is tried again. Whatever the service may have got is tried again only where doing it twice does no harm.
   * @minItems 1
   * @uniqueItems true
   * @default where the service cannot have got it: connect-failure, refused-stream, unavailable, cancelled
   * @example ["connect-failure", "503"]
   */
  on?: readonly (
    | "connect-failure"
    | "refused-stream"
    | "reset"
    | "gateway-error"
    | "5xx"
    | "503"
    | "unavailable"
    | "cancelled"
    | "deadline-exceeded"
    | "resource-exhausted"
  )[];
}
