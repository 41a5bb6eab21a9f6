import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesFile } from "../../5-emit/kubernetes.ts";
import { vendor } from "../../5-emit/vendor.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Library } from "../../1-load/package-library.ts";
import type { Target } from "../../5-emit/target.ts";
import { addonApplicationOf, addonValues, terraformApplication } from "./addons.ts";
import type { ArgoCdOptions } from "./options.ts";
import { extraFiles } from "./extra.ts";
import { projects, rootProject } from "./projects.ts";
import { argoCdPath, rootApplication } from "./root.ts";
import { terraformFiles } from "./terraform.ts";
import { workloadApplicationOf } from "./workloads.ts";

/** What each cluster's own Argo CD applies, and the Terraform objects of the management cluster. */
export default {
  name: "argo-cd",
  summary:
    "Argo CD projects and Applications per cluster, values of the add-ons, Terraform objects of the management cluster",
  consumes: [
    "repository.*",
    "library",
    "environments.*",
    "teams.*",
    "services.*.pauseSelfHeal",
    "name",
    "services.*.kind",
    "rollouts.*.kind",
    "services.*.rollout.kind",
    "services.*.ports.*.protocol",
    "runners.*.cloud",
    "clusters.*.cloud",
    "clouds.azure.tenant",
    "extra",
  ],
  resolve: (options): ArgoCdOptions => options as ArgoCdOptions, // nothing to fill in: what is left out is left out
  emit: (topology, options, library) => [
    ...topology.clusters.flatMap((cluster) => clusterFiles(topology, cluster, options, library)),
    ...terraformFiles(topology, options),
    ...vendor(topology, library, charts(topology)),
  ],
} satisfies Target<ArgoCdOptions>;

/** Folders of the library's charts that Applications name. */
function charts({ clusters, workloads }: Topology): string[] {
  const used = [
    ...workloads.map(({ kind }) => kind),
    ...clusters.flatMap(({ addons }) => addons.flatMap(({ libraryChart }) => libraryChart ?? [])),
  ];
  return [...new Set([...used, "eco-library"])].sort().map((chart) => `helm-library/${chart}`);
}

function clusterFiles(topology: Topology, cluster: Cluster, options: ArgoCdOptions, library: Library): Artifact[] {
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
    kubernetesFile(`${folder}/projects.yaml`, projects(topology, cluster, teams, options), [
      cluster.source,
      ...teams.map(({ source }) => source),
    ]),
    ...cluster.addons.flatMap((addon) => [
      applicationFile(addonApplicationOf(topology, cluster, addon), addon.source),
      ...addonValues(addon, library),
    ]),
    // Targets that are turned off may leave a workload without anything to apply.
    ...workloads
      .filter(({ values, manifests }) => values || manifests)
      .map((workload) => applicationFile(workloadApplicationOf(topology, workload), workload.source)),
    ...extraFiles(topology, cluster),
    ...(cluster.management && topology.terraformRoots.length > 0
      ? [applicationFile(terraformApplication(topology), "management.cluster")]
      : []),
  ];
}
