import type { Artifact } from "../../5-emit/artifact.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import type { Target } from "../../5-emit/target.ts";
import { clusterPage } from "./cluster.ts";
import { formats } from "./format.ts";
import { templates } from "./generated/templates.js";
import { GENERATED, overview } from "./overview.ts";

const print = templates(formats);

/** The pages of the generated tree: for whoever reviews it, brings it up, or is called at night. */
export default {
  name: "runbooks",
  summary:
    "READMEs of the generated tree: what is where, the bootstrap, and for each cluster what runs on it and what to do when it breaks",
  assemble: (resolved, _options, _library, produced) => {
    const topology = {
      ...resolved,
      terraformRoots: resolved.terraformRoots.filter(({ path }) => produced.below(path)),
    };
    const byCluster = new Map(topology.clusters.map(({ name }): [string, Workload[]] => [name, []]));
    for (const workload of topology.workloads) byCluster.get(workload.cluster.name)!.push(workload);
    return [
      overviewFile(topology),
      ...topology.clusters.map((cluster) => clusterFile(topology, cluster, byCluster.get(cluster.name)!)),
    ];
  },
} satisfies Target;

function overviewFile(topology: Topology): Artifact {
  return {
    path: `${GENERATED}/README.md`,
    body: { kind: "text", text: print.overview(overview(topology)) },
    source: topology.source,
  };
}

const clusterFile = (topology: Topology, cluster: Cluster, workloads: readonly Workload[]): Artifact => ({
  path: `${cluster.path}/README.md`,
  body: { kind: "text", text: print.cluster(clusterPage(topology, cluster, workloads)) },
  source: cluster.source,
});
