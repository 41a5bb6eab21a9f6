import type { Differences, DifferentFields } from "../difference.ts";
import type { Names, Ref } from "../names.ts";
import type { DnsLabel, Line } from "../texts.ts";

/** People who own services. Each team has its own Argo CD project and its own namespace. */
export interface Team<N extends Names = Names> extends TeamFields {
  /**
   * Where the team is reached: a channel, a mail address or a page.
   * @example "#team-checkout"
   */
  contact: Line;
  /**
   * Namespace of the team's services.
   * @default the team's name
   */
  namespace?: DnsLabel;
  /**
   * What differs in an environment: any field but `contact` and `namespace`. Objects merge field by field, `null` takes a
   * field away, all else replaces what the team says.
   * @keysOf environment
   * @default {}
   */
  in?: Differences<Ref<N, "environment">, TeamDifference>;
  /**
   * What differs on a cluster, in the same way. It counts for more than what differs in the cluster's environment.
   * @keysOf cluster
   * @default {}
   */
  on?: Differences<Ref<N, "cluster">, TeamDifference>;
}

/** What differs of a team. */
export interface TeamDifference extends DifferentFields<TeamFields> {}

/** What may differ between environments and clusters: what holds for the pods of a team. */
export interface TeamFields {
  /**
   * `priority` of those of its services that say none.
   * @default "normal"
   */
  priority?: "low" | "normal" | "high";
}
