import type { Addon } from "../topology/addons.ts";
import type { Cluster } from "../topology/clusters.ts";
import type { Topology } from "../topology/index.ts";

/** The add-ons of a cluster, in the order of their waves. */
export const addonsOn = ({ platform }: Pick<Topology, "platform">, { name }: Pick<Cluster, "name">): Addon[] =>
  platform.addons.filter(({ cluster }) => cluster === name);

/** Whether the config itself declares it, and no target. */
export const isDeclared = ({ source, broughtBy }: Pick<Addon, "source" | "broughtBy">): boolean => source === broughtBy;

/** One add-on wherever it is, with its cluster. */
export const placesOf = (
  { platform, clusters }: Pick<Topology, "platform" | "clusters">,
  name: string,
): { addon: Addon; cluster: Cluster }[] =>
  platform.addons
    .filter((addon) => addon.name === name)
    .map((addon) => ({ addon, cluster: clusters.find((cluster) => cluster.name === addon.cluster)! }));
