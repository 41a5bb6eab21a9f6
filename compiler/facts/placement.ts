import type { Service } from "../topology/services.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";

/**
 * One workload of each service: ports, probes and mounts are the same wherever it runs. A service that is placed
 * nowhere has none.
 */
export function onePerService({ workloads }: Topology): Workload[] {
  const seen = new Map<string, Workload>();
  for (const workload of workloads) if (!seen.has(workload.name)) seen.set(workload.name, workload);
  return [...seen.values()];
}

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
