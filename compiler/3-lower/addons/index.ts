import type { Ecosystem } from "../../config/model/ecosystem.ts";
import { addonPath } from "../../facts/names.ts";
import { isOn } from "../targets.ts";
import type { Addon } from "../../topology/addons.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Observability } from "../../topology/observability.ts";
import type { Security } from "../../topology/security.ts";
import type { Workload } from "../../topology/workloads.ts";
import { catalogue, type CatalogueEntry } from "./catalogue.ts";

/** What a cluster uses decides which add-ons it gets, and with which values. */
export interface ClusterNeeds extends Pick<Ecosystem, "targets"> {
  cluster: Omit<Cluster, "addons">;
  security: Security;
  observability: Observability;
  workloads: readonly Pick<Workload, "strategy" | "experiments" | "meshed">[];
}

const needed: Record<CatalogueEntry["when"], (needs: ClusterNeeds) => boolean> = {
  always: () => true,
  aws: ({ cluster }) => cluster.cloud === "aws",
  mesh: ({ security }) => security.mesh.enabled,
  rollouts: ({ workloads }) => workloads.some(({ strategy }) => strategy.kind !== "rolling"),
  chaos: ({ workloads }) => workloads.some(({ experiments }) => experiments.length > 0),
  management: (needs) => needs.cluster.management && isOn(needs, "terraform"),
};

/** The add-ons of one cluster, in the order of their waves. */
export function lowerAddons(needs: ClusterNeeds): Addon[] {
  return catalogue
    .filter((entry) => needed[entry.when](needs) && (entry.chart !== undefined || isWritten(entry, needs)))
    .map(({ when: _, values, writtenBy, serverSideApply, ...entry }) => ({
      ...entry,
      source: needs.cluster.source,
      ...(values === undefined ? {} : { values: values(needs) }),
      manifests: isWritten({ writtenBy }, needs),
      serverSideApply: serverSideApply ?? false,
      path: addonPath(needs.cluster.name, entry.name),
    }))
    .sort((a, b) => a.wave - b.wave);
}

const isWritten = ({ writtenBy }: Pick<CatalogueEntry, "writtenBy">, needs: ClusterNeeds): boolean =>
  writtenBy !== undefined && isOn(needs, writtenBy);
