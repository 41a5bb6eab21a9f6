import type { Differences, DifferentFields } from "../difference.ts";
import type { Names, Ref } from "../names.ts";
import type { MirrorPlace } from "../texts.ts";

/** Where clusters pull images from. */
export interface Registries<N extends Names = Names> extends RegistriesFields {
  /**
   * What differs in an environment, as its mirror. Objects merge field by field, `null` takes a field away, all else
   * replaces what is said here.
   * @keysOf environment
   * @default {}
   */
  in?: Differences<Ref<N, "environment">, RegistriesDifference>;
  /**
   * What differs on a cluster, in the same way: a mirror in its region. It counts for more than what differs in the
   * cluster's environment.
   * @keysOf cluster
   * @default {}
   */
  on?: Differences<Ref<N, "cluster">, RegistriesDifference>;
}

/** What differs of the registries. */
export interface RegistriesDifference extends DifferentFields<RegistriesFields> {}

/** What may differ between environments and clusters. */
export interface RegistriesFields {
  /**
   * Pull-through mirrors, by what they mirror: a registry (Docker Hub is `docker.io`), a part of one, or `*` for every
   * other one. Everything that is named by it is pulled from the mirror: services, add-ons and eco-compile's own
   * components. The mirror's place stands for what it mirrors; behind that of `*` comes the registry itself. The
   * narrowest counts, and `false` leaves images where they are.
   * @keys MirroredPlace
   * @default {}
   * @example { "docker.io": "registry.example.com/docker-hub" }
   */
  mirror?: { [place: string]: MirrorPlace | false };
  /**
   * Whether admission lets in images by their own names beside those of the mirror, as pods have them that were there
   * before it.
   * @default false
   */
  allowUpstream?: boolean;
}
