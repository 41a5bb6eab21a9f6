import type { Artifact } from "../../5-emit/artifact.ts";
import { kubernetesFile } from "../../5-emit/kubernetes.ts";
import { platformLabels } from "../../facts/names.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Extra } from "../../topology/extra.ts";
import type { Topology } from "../../topology/index.ts";
import { application } from "./application.ts";
import { project } from "./projects.ts";
import { generatePaths, inRepository } from "./repository.ts";
import { argoCdPath } from "./root.ts";

/**
 * A folder of somebody's own as an Application in a project of its own, which admits the kinds and namespaces of what
 * lies there and no others: what a folder newly reaches for is a line that a reviewer sees.
 */
export const extraFiles = (topology: Topology, cluster: Cluster): Artifact[] =>
  topology.extra
    .filter((extra) => extra.cluster === cluster.name)
    .map((extra) =>
      kubernetesFile(
        `${argoCdPath(cluster)}/applications/${extra.name}.yaml`,
        [extraProject(topology, extra), extraApplication(topology, cluster, extra)],
        extra.source,
      ),
    );

const extraProject = (topology: Topology, extra: Extra) => {
  const { name, folder, kinds, clusterKinds, source } = extra;
  return project(topology, {
    name,
    description: `What lies in ${folder}`,
    repositories: [topology.repository.url],
    namespaces: destinations(extra),
    clusterKinds,
    kinds,
    source,
  });
};

/**
 * An Application has a destination, also where none of its objects has a namespace; its project then admits no kind
 * there.
 */
const destinations = ({ namespaces }: Extra): readonly string[] => (namespaces.length === 0 ? ["default"] : namespaces);

function extraApplication(topology: Topology, { environment }: Cluster, extra: Extra) {
  const { name, folder, source } = extra;
  return application({
    name,
    project: name,
    namespace: destinations(extra)[0]!, // every object names its own
    wave: 0,
    labels: platformLabels(topology.name, name),
    annotations: generatePaths(topology, [folder]),
    sources: [
      {
        repoURL: topology.repository.url,
        targetRevision: environment.revision,
        path: inRepository(topology, folder),
        directory: { recurse: true },
      },
    ],
    selfHeal: true,
    source,
  });
}
