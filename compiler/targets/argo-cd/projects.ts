import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { NAMESPACES, PLATFORM_PROJECT, platformLabels, ROOT_PROJECT } from "../../facts/names.ts";
import { promDuration } from "../../facts/queries.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Team } from "../../topology/teams.ts";
import type { Topology } from "../../topology/index.ts";
import { IN_CLUSTER } from "./application.ts";
import { addonsOn } from "../../facts/addons.ts";
import type { Produced } from "../../5-emit/target.ts";
import type { GroupKind } from "../../topology/addons.ts";
import { platformClusterKinds, ROOT_KINDS, workloadKinds } from "./kinds.ts";
import type { ArgoCdOptions } from "./options.ts";
import { chartRepository } from "./repository.ts";

/** Before the Applications, and after them on the way out: an Application without its project cannot be deleted. */
const PROJECT_WAVE = -60;

interface ProjectSpec {
  name: string;
  description: string;
  repositories: readonly string[];
  namespaces: readonly string[];
  clusterKinds: readonly GroupKind[];
  /** Absent: any. */
  kinds?: readonly GroupKind[];
  syncWindows?: readonly object[];
  source: string;
}

/**
 * The projects of a cluster's Argo CD: one per team with workloads there, one for the add-ons, and the default one,
 * which admits nothing.
 */
export function projects(
  topology: Topology,
  cluster: Cluster,
  teams: readonly Team[],
  { freezes = [] }: ArgoCdOptions,
  produced: Produced,
): KubernetesObject[] {
  const syncWindows = cluster.environment.production ? freezes.map(freeze) : [];
  const addons = addonsOn(topology, cluster);
  const kinds = workloadKinds(topology, cluster, produced);
  const charts = addons.flatMap(({ chart }) => (chart === undefined ? [] : [chartRepository(chart.repository)]));
  return [
    project(topology, {
      name: "default",
      description: "Admits nothing",
      repositories: [],
      namespaces: [],
      clusterKinds: [],
      source: cluster.source,
    }),
    project(topology, {
      name: PLATFORM_PROJECT,
      description: "What every workload stands on",
      repositories: [topology.repository.url, ...unique(charts)],
      // The teams' as well: each gets a network policy with its namespace.
      namespaces: unique([...addons.map(({ namespace }) => namespace), ...teams.map(({ namespace }) => namespace)]),
      clusterKinds: platformClusterKinds(topology, cluster, produced),
      syncWindows,
      source: cluster.source,
    }),
    ...teams.map(({ name, contact, namespace, source }) =>
      project(topology, {
        name,
        description: `Services of ${name}, ${contact}`,
        repositories: [topology.repository.url],
        namespaces: [namespace],
        clusterKinds: [],
        kinds,
        syncWindows,
        source,
      }),
    ),
  ];
}

/** The project of the root Application: Applications and projects, in Argo CD's own namespace. */
export const rootProject = (topology: Topology, { source }: Cluster): KubernetesObject =>
  project(topology, {
    name: ROOT_PROJECT,
    description: "The root Application and what it brings",
    repositories: [topology.repository.url],
    namespaces: [NAMESPACES.argocd],
    clusterKinds: [],
    kinds: ROOT_KINDS,
    source,
  });

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/project-specification/ */
export function project(
  topology: Topology,
  { name, description, repositories, namespaces, clusterKinds, kinds, syncWindows = [], source }: ProjectSpec,
): KubernetesObject {
  return kubernetesObject(
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      name,
      namespace: NAMESPACES.argocd,
      labels: platformLabels(topology.name, name),
      annotations: syncWave(PROJECT_WAVE),
      source,
    },
    {
      spec: {
        description: [...description].slice(0, 255).join(""), // as long as the field may be
        sourceRepos: repositories,
        destinations: namespaces.map((namespace) => ({ server: IN_CLUSTER, namespace })),
        clusterResourceWhitelist: clusterKinds,
        ...(kinds === undefined ? {} : { namespaceResourceWhitelist: kinds }),
        ...(syncWindows.length === 0 ? {} : { syncWindows }),
      },
    },
  );
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/ */
const freeze = ({ schedule, duration, reason }: NonNullable<ArgoCdOptions["freezes"]>[number]) => ({
  kind: "deny",
  schedule,
  duration: promDuration(duration), // Go's durations know no days
  timeZone: "UTC",
  applications: ["*"],
  manualSync: true,
  description: reason,
});

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();
