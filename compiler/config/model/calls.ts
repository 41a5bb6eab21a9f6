import type { Names, Ref } from "../names.ts";
import type { Destination } from "../texts.ts";
import type { Count, Duration, PortNumber } from "../units.ts";

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
 * How a service calls another. Its sidecar sees to it: both have to speak HTTP or gRPC, and the caller has to be in the
 * mesh. While a shadow rollout copies the requests of the called service, Istio's own values hold.
 */
export interface CallOptions {
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
