import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesFile } from "../../5-emit/kubernetes.ts";
import { vendor } from "../../5-emit/vendor.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Library } from "../../1-load/package-library.ts";
import type { Produced, Target } from "../../5-emit/target.ts";
import { addonsOn } from "../../facts/addons.ts";
import type { TerraformRoot } from "../../topology/terraform.ts";
import { addonApplicationOf, addonValues, terraformApplication } from "./addons.ts";
import { contribution } from "./contribution.ts";
import type { ArgoCdOptions } from "./options.ts";
import { extraFiles } from "./extra.ts";
import { projects, rootProject } from "./projects.ts";
import { argoCdPath, rootApplication } from "./root.ts";
import { appliedRoots, terraformFiles } from "./terraform.ts";
import { workloadApplicationOf } from "./workloads.ts";

/** What each cluster's own Argo CD applies, and the Terraform objects of the management cluster. */
export default {
  name: "argo-cd",
  summary:
    "Argo CD projects and Applications per cluster, values of the add-ons, Terraform objects of the management cluster",
  resolve: (options): ArgoCdOptions => options as ArgoCdOptions, // nothing to fill in: what is left out is left out
  contribute: contribution,
  assemble: (topology, options, library, produced) => {
    const roots = appliedRoots(topology, produced);
    return [
      ...topology.clusters.flatMap((cluster) => clusterFiles({ topology, options, library, produced, roots }, cluster)),
      ...terraformFiles(topology, roots, options),
      ...vendor(topology, library, charts(topology)),
    ];
  },
} satisfies Target<ArgoCdOptions>;

/** Folders of the library's charts that Applications name. */
function charts({ platform, workloads }: Topology): string[] {
  const used = [
    ...workloads.map(({ kind }) => kind),
    ...platform.addons.flatMap(({ libraryChart }) => libraryChart ?? []),
  ];
  return [...new Set([...used, "eco-library"])].sort().map((chart) => `helm-library/${chart}`);
}

interface Context {
  topology: Topology;
  options: ArgoCdOptions;
  library: Library;
  produced: Produced;
  /** Terraform roots that a controller looks after. */
  roots: readonly TerraformRoot[];
}

function clusterFiles({ topology, options, library, produced, roots }: Context, cluster: Cluster): Artifact[] {
  const workloads = topology.workloads.filter((workload) => workload.cluster.name === cluster.name);
  const teams = topology.teams.filter(({ name }) => workloads.some(({ team }) => team.name === name));
  const folder = argoCdPath(cluster);
  const applicationFile = (object: KubernetesObject, source: string) =>
    kubernetesFile(`${folder}/applications/${object.metadata.name}.yaml`, [object], source);
  return [
    kubernetesFile(
      `${folder}/root.yaml`,
      [rootProject(topology, cluster), rootApplication(topology, cluster)],
      cluster.source,
    ),
    kubernetesFile(`${folder}/projects.yaml`, projects(topology, cluster, teams, options, produced), cluster.source),
    // Without a chart and without manifests there is nothing to apply.
    ...addonsOn(topology, cluster).flatMap((addon) => {
      const object = addonApplicationOf(topology, cluster, addon, produced);
      return object === undefined ? [] : [applicationFile(object, addon.source), ...addonValues(addon, library)];
    }),
    ...workloads.flatMap((workload) => {
      const object = workloadApplicationOf(topology, workload, produced);
      return object === undefined ? [] : [applicationFile(object, workload.source)];
    }),
    ...extraFiles(topology, cluster),
    ...(cluster.management && roots.length > 0
      ? [applicationFile(terraformApplication(topology), "management.cluster")]
      : []),
  ];
}
