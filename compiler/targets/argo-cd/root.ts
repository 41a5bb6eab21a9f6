import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { NAMESPACES, platformLabels, ROOT_APPLICATION, ROOT_PROJECT } from "../../facts/names.ts";
import { LAST_WAVE } from "../../facts/waves.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import { application } from "./application.ts";
import { generatePaths, inRepository } from "./repository.ts";

/** Where a cluster's projects and Applications are. */
export const argoCdPath = ({ path }: Pick<Cluster, "path">): string => `${path}/argocd`;

/**
 * The Application that brings every other one of its cluster, and itself. A person applies it once. Without finalizer:
 * deleting it by mistake stops changes, and takes nothing away.
 */
export function rootApplication(topology: Topology, cluster: Cluster): KubernetesObject {
  const path = argoCdPath(cluster);
  return application({
    name: ROOT_APPLICATION,
    project: ROOT_PROJECT,
    namespace: NAMESPACES.argocd,
    wave: LAST_WAVE, // in an earlier one the others would wait for it, and it for them
    labels: platformLabels(topology.name, ROOT_APPLICATION),
    annotations: { ...generatePaths(topology, [path]), "argocd.argoproj.io/sync-options": "Prune=false,Delete=false" },
    sources: [
      {
        repoURL: topology.repository.url,
        targetRevision: cluster.environment.revision,
        path: inRepository(topology, path),
        directory: { recurse: true },
      },
    ],
    selfHeal: true,
    orphan: true,
    pruneInWaves: true, // else a removal, and every change after it, would wait for all canaries of the cluster, and a project would go before its Applications
    source: cluster.source,
  });
}
