import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Service as ConfigService } from "../config/model/services.ts";
import type { Service } from "../topology/services.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";

/**
 * One workload of each form of a service: ports, probes and mounts are the same wherever nothing differs. A service that
 * is placed nowhere has none.
 */
export function onePerForm({ workloads }: Topology): Workload[] {
  const seen = new Map<string, Workload>();
  for (const workload of workloads) if (!seen.has(workload.form)) seen.set(workload.form, workload);
  return [...seen.values()];
}

/** The clusters that a placement means. */
export function clustersOf(placement: ConfigService["placement"], clusters: Ecosystem["clusters"]): string[] {
  const all = Object.keys(clusters);
  if (placement === "all") return all;
  if ("clusters" in placement) return all.filter((name) => placement.clusters.includes(name));
  return all.filter((name) => placement.environments.includes(clusters[name]!.environment));
}

/** The workload of a service on a cluster. */
export function workloadOn(
  { workloads }: Pick<Topology, "workloads">,
  cluster: string,
  service: string,
): Workload | undefined {
  let places = placesOf.get(workloads);
  if (places === undefined) placesOf.set(workloads, (places = byPlace(workloads)));
  return places.get(cluster)?.get(service);
}
const placesOf = new WeakMap<readonly Workload[], ReadonlyMap<string, ReadonlyMap<string, Workload>>>();

const byPlace = (workloads: readonly Workload[]): ReadonlyMap<string, ReadonlyMap<string, Workload>> =>
  new Map(
    [...groupBy(workloads, ({ cluster }) => cluster.name)].map(([cluster, there]) => [
      cluster,
      new Map(there.map((workload) => [workload.name, workload])),
    ]),
  );

/** Names joined for a message: `a`, `a and b`, `a, b and c`. */
export function list(names: Iterable<string>): string {
  const all = [...new Set(names)];
  return all.length < 2 ? (all[0] ?? "none") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** Services by name. */
export const servicesByName = ({ services }: Topology): ReadonlyMap<string, Service> =>
  new Map(services.map((service) => [service.name, service]));

/** Items by a key, in the order in which keys first appear. `Map.groupBy` needs Node 21. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
