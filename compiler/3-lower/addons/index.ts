import { addonPath } from "../names.ts";
import type { Addon, Cluster, Security, Workload } from "../topology.ts";
import { catalogue, type CatalogueEntry } from "./catalogue.ts";

/** What a cluster uses decides which add-ons it gets. */
export interface ClusterNeeds {
  cluster: Omit<Cluster, "addons">;
  security: Security;
  workloads: readonly Pick<Workload, "strategy" | "experiments" | "meshed">[];
}

const needed: Record<CatalogueEntry["when"], (needs: ClusterNeeds) => boolean> = {
  always: () => true,
  mesh: ({ security }) => security.mesh.enabled,
  rollouts: ({ workloads }) => workloads.some(({ strategy }) => strategy.kind !== "rolling"),
  chaos: ({ workloads }) => workloads.some(({ experiments }) => experiments.length > 0),
  management: ({ cluster }) => cluster.management,
};

/** The add-ons of one cluster, in the order of their waves. */
export function lowerAddons(needs: ClusterNeeds): Addon[] {
  return catalogue
    .filter(({ when }) => needed[when](needs))
    .map(({ when: _, libraryChart, chart, values, ...entry }) => ({
      ...entry,
      source: needs.cluster.source,
      ...(chart === undefined ? {} : { chart }),
      ...(libraryChart === undefined ? {} : { libraryChart }),
      ...(values === undefined ? {} : { values }),
      path: addonPath(needs.cluster.name, entry.name),
    }))
    .sort((a, b) => a.wave - b.wave);
}
