import type { Cloud, CloudKind, CloudOf } from "./model/clouds.ts";
import type { ArcRunner, Cluster, ClusterOf, VmRunner, VmRunnerOf } from "./model/clusters.ts";
import type { Ecosystem } from "./model/ecosystem.ts";
import type { Family, Names } from "./names.ts";

/**
 * {@link Ecosystem} with the literal names that it declares. `NoInfer` keeps a misspelt use from becoming a new name:
 * only the keys that declare one are inferred from.
 *
 * Clouds, clusters and runners are inferred as whole records, since what an entry may hold depends on what it says
 * itself: a cloud on its kind, the others on the cloud that they name. The first members of each record infer, the last
 * holds every entry against what was inferred.
 */
export type TypedEcosystem<
  D extends Names,
  Regions,
  Kinds,
  Clusters,
  Runners,
  N extends Names = { [F in Family]: NoInfer<D[F]> },
> = Ecosystem<
  N,
  D,
  {
    // Not `Regions[C]` as it is: whatever it held would be right.
    [C in keyof Regions]: { regions: { [R in keyof Regions[C]]: unknown } };
  } & {
    // Not `Kinds[C]` alone: a misspelt kind would make the whole entry impossible, and be red nowhere that helps.
    [C in keyof Kinds]: { kind?: C extends CloudKind ? C : Kinds[C] extends CloudKind ? Kinds[C] : CloudKind };
  } & NoInfer<{ [C in keyof Regions & string]: CloudEntry<C, At<Kinds, C>, keyof Regions[C] & string, N> }>,
  // Their names are inferred by themselves: services refer to them, and are inferred in the same go.
  { [P in D["cluster"]]: unknown } & {
    [P in keyof Clusters]: { cloud: Clusters[P] extends keyof Regions & string ? Clusters[P] : keyof Regions & string };
  } & NoInfer<{
      [P in keyof Clusters & string]: ClusterEntry<Clusters[P], Regions, Kinds, N>;
    }>,
  {
    [P in keyof Runners]: { cloud?: Runners[P] extends keyof Regions & string ? Runners[P] : keyof Regions & string };
  } & NoInfer<{
    [P in keyof Runners & string]: RunnerEntry<Runners[P], Regions, Kinds, N>;
  }>
>;

/** What an entry of a record was inferred as; unknown where nothing was. */
type At<T, K extends PropertyKey> = K extends keyof T ? T[K] : unknown;

/** The kind of a cloud: its name where that is one, or else what it says. */
type KindOf<C, Kind> = C extends CloudKind ? C : Kind extends CloudKind ? Kind : CloudKind;

type CloudEntry<C extends string, Kind, R extends string, N extends Names> = C extends CloudKind
  ? CloudOf<R, N>[C]
  : Kind extends CloudKind
    ? CloudOf<R, N>[Kind] & { kind: Kind }
    : Cloud<R, N> & { kind: CloudKind };

/** A cluster of the cloud that it names; of any, where it names none that is there. */
type ClusterEntry<C, Regions, Kinds, N extends Names> = C extends keyof Regions & string
  ? ClusterOf<In<C, keyof Regions[C] & string, N>>[KindOf<C, At<Kinds, C>>]
  : Cluster<In<string, string, N>>;

/** A pool of runners in the cloud that it names, or on a cluster. */
type RunnerEntry<C, Regions, Kinds, N extends Names> = C extends keyof Regions & string
  ? VmRunnerOf<In<C, keyof Regions[C] & string, N>>[KindOf<C, At<Kinds, C>>]
  : (ArcRunner<N> & { cloud?: never }) | VmRunner<In<string, string, N>>;

/** The names for what is in one cloud. */
type In<C extends string, R extends string, N extends Names> = {
  [F in Family]: F extends "cloud" ? C : F extends "region" ? R : N[F];
};

/** Names of some families; whatever refers to another family cannot be written. */
export type Only<D extends { [F in keyof D]: string }> = { [F in Family]: F extends keyof D ? D[F] : never };
