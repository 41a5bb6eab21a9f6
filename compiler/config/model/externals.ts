import type { Differences, DifferentFields } from "../difference.ts";
import type { Names, Ref } from "../names.ts";
import type { AddressRange, Host } from "../texts.ts";
import type { PortNumber, Share } from "../units.ts";
import type { ConnectionOptions } from "./calls.ts";

/** Something outside of the platform that services call: a database, a broker, an API. */
export interface External<N extends Names = Names> extends ExternalFields {
  /**
   * What differs in an environment, as its host. Objects merge field by field, `null` takes a field away, all else
   * replaces what is said here.
   * @keysOf environment
   * @default {}
   */
  in?: Differences<Ref<N, "environment">, ExternalDifference>;
  /**
   * What differs on a cluster, in the same way. It counts for more than what differs in the cluster's environment.
   * @keysOf cluster
   * @default {}
   */
  on?: Differences<Ref<N, "cluster">, ExternalDifference>;
}

/** What differs of something outside. */
export interface ExternalDifference extends DifferentFields<ExternalFields> {}

/** What may differ between environments and clusters. */
export interface ExternalFields {
  /**
   * Its name, or its address where it has no name.
   * @example "orders.abc123.eu-west-1.rds.amazonaws.com"
   */
  host: Host;
  /**
   * Addresses and networks that it is reached at. Network rules know these alone: what has a private address must say it,
   * and what says none is reached at every public one.
   * @minItems 1
   * @uniqueItems true
   * @default the host where that is an address, else every public address
   * @example ["10.20.0.0/24"]
   */
  addresses?: readonly AddressRange[];
  /** The port that it is called at. */
  port: PortNumber;
  /**
   * What is spoken there, as the network sees it. `https` is everything over TLS from the first byte to a host that has a
   * name, gRPC too; the services speak it themselves, with certificates of their own choice. A database that begins in
   * plain text, as PostgreSQL does, is `tcp`, whether it goes on with TLS or not.
   * @default "tcp"
   */
  protocol?: "tcp" | "https" | "http" | "http2" | "grpc";
  /**
   * How much of the time it answers, as its provider promises. It bounds what services promise that cannot do without it.
   * @default nothing is known of it
   * @example "99.95%"
   */
  availability?: Share;
}

/**
 * A call to something declared outside of the platform. How it connects is the business of the caller's sidecar, which
 * has to know what is outside: by its name, or by `addresses` where it speaks plain TCP.
 */
export interface ExternalDependency<N extends Names = Names> extends ConnectionOptions {
  external: Ref<N, "external">;
  /**
   * The caller fails when this one does. Then its availability bounds what the caller may promise.
   * @default true
   */
  critical?: boolean;
}
