import { addonPath } from "../names.ts";
import type { Addon, Cluster, Observability, Security, Workload } from "../topology.ts";
import { catalogue, type CatalogueEntry } from "./catalogue.ts";

/** What a cluster uses decides which add-ons it gets, and with which values. */
export interface ClusterNeeds {
  cluster: Omit<Cluster, "addons">;
  security: Security;
  observability: Observability;
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
    .map(({ when: _, values, manifests, serverSideApply, ...entry }) => ({
      ...entry,
      source: needs.cluster.source,
      ...(values === undefined ? {} : { values: values(needs) }),
      manifests: manifests ?? false,
      serverSideApply: serverSideApply ?? false,
      path: addonPath(needs.cluster.name, entry.name),
    }))
    .sort((a, b) => a.wave - b.wave);
}
