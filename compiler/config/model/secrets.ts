import type { Differences, DifferentFields } from "../difference.ts";
import type { Names, Ref } from "../names.ts";
import type { FileName, Line } from "../texts.ts";
import type { Duration } from "../units.ts";

/** A secret: where it lives, never what it is. */
export interface Secret<N extends Names = Names> extends SecretFields<N> {
  /**
   * What differs in an environment, as its path. Objects merge field by field, `null` takes a field away, all else
   * replaces what the secret says.
   * @keysOf environment
   * @default {}
   */
  in?: Differences<Ref<N, "environment">, SecretDifference<N>>;
  /**
   * What differs on a cluster, in the same way. It counts for more than what differs in the cluster's environment.
   * @keysOf cluster
   * @default {}
   */
  on?: Differences<Ref<N, "cluster">, SecretDifference<N>>;
}

/** What differs of a secret. */
export interface SecretDifference<N extends Names = Names> extends DifferentFields<SecretFields<N>> {}

/** What may differ between environments and clusters. */
export interface SecretFields<N extends Names = Names> {
  /**
   * Where it is kept: in Vault, or in the secret manager of one cloud, whose clusters and runners alone can read it.
   * @default the secret manager of the cloud that whoever reads it is in
   * @example "vault"
   */
  store?: "vault" | Ref<N, "cloud">;
  /**
   * Its name or path in the store.
   * @example "kv/checkout/stripe"
   */
  path: Line;
  /**
   * Keys inside it; each becomes a file.
   * @minItems 1
   * @uniqueItems true
   * @default ["value"]
   */
  keys?: readonly FileName[];
  /**
   * How often it is replaced; Secret Manager's shortest is an hour.
   * @atLeast 1h
   * @default never by itself
   * @example "30d"
   */
  rotate?: Duration;
}
