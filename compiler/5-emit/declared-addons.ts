import { PROMETHEUS } from "../facts/network.ts";
import type { DeclaredAddon, DeclaredImage } from "../topology/declared-addons.ts";
import type { Topology } from "../topology/index.ts";
import type { ImageValues } from "./chart-images.ts";
import type { ContributedAddon, Contribution } from "./target.ts";

/** What the config itself adds to the platform, in the form in which targets do. */
export const declaredAddons = ({ declaredAddons, clusters }: Topology): Contribution => ({
  addons: declaredAddons.flatMap((declared) =>
    clusters.filter(({ name }) => declared.clusters.includes(name)).map((cluster) => addonOn(cluster, declared)),
  ),
  clusterKinds: declaredAddons.flatMap(({ clusterKinds }) => clusterKinds),
  needs: declaredAddons.filter(asksPrometheus).map(({ name, source }) => ({
    word: "metrics",
    at: source,
    what: `the add-on ${name}, which asks Prometheus,`,
  })),
});

const asksPrometheus = ({ network = {} }: DeclaredAddon): boolean =>
  Object.values(network).some(({ reaches = [] }) =>
    reaches.some(({ to }) => typeof to !== "string" && to.namespace === PROMETHEUS.namespace),
  );

const valuesOf = ({ repository, registry }: NonNullable<DeclaredImage["values"]>): ImageValues =>
  registry === undefined ? { whole: repository } : { registry, repository };

const addonOn = (
  cluster: Topology["clusters"][number],
  { clusters: _, clusterKinds: __, images, ...declared }: DeclaredAddon,
): ContributedAddon => ({
  ...declared,
  cluster,
  images: images.map(({ name, values }) => (values === undefined ? name : { name, values: [valuesOf(values)] })),
  broughtBy: declared.source,
  serverSideApply: true, // definitions of kinds are often larger than what an annotation holds
});
