import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesFile, kubernetesObject } from "../../5-emit/kubernetes.ts";
import { addonsOn, placesOf } from "../../facts/addons.ts";
import { isSystemNamespace, NAMESPACES, platformLabels } from "../../facts/names.ts";
import { MESHED_NAMESPACE } from "../../facts/network.ts";
import { groupBy } from "../../facts/placement.ts";
import type { Addon, NamespaceNeeds } from "../../topology/addons.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Team } from "../../topology/teams.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import type { Target } from "../../5-emit/target.ts";
import { limitRange } from "./limits.ts";
import { addonPolicies, closedByDefault } from "./network.ts";
import { priorityClasses } from "./priorities.ts";
import { resourceQuota } from "./quota.ts";
import reserved from "./reserved.ts";

/** The add-on whose folder the namespaces go into. */
const ADDON = "namespaces";

/** The namespaces of each cluster, closed: Pod Security, mesh, network; and the priorities of what runs in them. */
export default {
  name: "namespaces",
  summary:
    "Namespaces of teams and add-ons with Pod Security levels, mesh injection and a network that is closed by default; priorities",
  checks: [reserved],
  contribute: ({ clusters }) => ({
    addons: clusters.map((cluster) => ({
      name: ADDON,
      cluster,
      namespace: NAMESPACES.argocd,
      stage: "namespaces",
      network: {},
    })),
    clusterKinds: [{ group: "", kind: "Namespace" }],
  }),
  emit: (topology) => placesOf(topology, ADDON).map(({ addon, cluster }) => namespacesFile(topology, addon, cluster)),
} satisfies Target;

function namespacesFile(topology: Topology, addon: Addon, cluster: Cluster): Artifact {
  const workloads = topology.workloads.filter((workload) => workload.cluster.name === cluster.name);
  const all = addonsOn(topology, cluster);
  const addons = groupBy(
    all.filter(({ namespace }) => !isSystemNamespace(namespace)),
    ({ namespace }) => namespace,
  );
  const policies = groupBy(addonPolicies(topology, cluster, all), ({ metadata }) => metadata.namespace!);
  const teams = topology.teams.filter(({ name }) => workloads.some(({ team }) => team.name === name));
  const hit = faultyNamespaces(topology, workloads);
  return kubernetesFile(
    `${addon.path}/manifests/namespaces.yaml`,
    [
      ...priorityClasses(topology, cluster),
      ...[...addons.keys()]
        .sort()
        .flatMap((name) => [
          namespace(topology, cluster, { name, source: cluster.source, ...needsOf(addons.get(name)!) }),
          closedByDefault(topology, name, cluster.source),
          ...(policies.get(name) ?? []),
        ]),
      ...byNamespace(teams).flatMap(([name, owners]) => teamNamespace(topology, cluster, name, owners, hit.has(name))),
    ],
    cluster.source,
  );
}

/** What the add-ons of one namespace need of it, together. */
function needsOf(addons: readonly Addon[]): NamespaceNeeds & { level: NonNullable<NamespaceNeeds["level"]> } {
  const needs = addons.map(({ namespaceNeeds }) => namespaceNeeds ?? {});
  const { level = "restricted", reason } = needs.find(({ level }) => level !== undefined) ?? {};
  const labels = Object.assign({}, ...needs.map(({ labels }) => labels)) as Readonly<Record<string, string>>;
  return {
    level,
    ...(reason === undefined ? {} : { reason }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
  };
}

/** Teams may share a namespace. */
const byNamespace = (teams: readonly Team[]): [string, Team[]][] =>
  unique(teams.map(({ namespace }) => namespace)).map((name) => [
    name,
    teams.filter((team) => team.namespace === name),
  ]);

/** Where faults of the released experiments reach: the services' own namespaces, and the far side of a partition. */
function faultyNamespaces({ services }: Topology, workloads: readonly Workload[]): ReadonlySet<string> {
  return new Set(
    workloads.flatMap(({ namespace, experiments }) =>
      experiments.flatMap((experiment) => [
        namespace,
        ...(experiment.kind === "network-partition"
          ? services.filter(({ name }) => name === experiment.from).map(({ team }) => team.namespace)
          : []),
      ]),
    ),
  );
}

function teamNamespace(
  topology: Topology,
  cluster: Cluster,
  name: string,
  teams: readonly Team[],
  faulty: boolean,
): KubernetesObject[] {
  const { mesh } = topology.security;
  const { source } = teams[0]!;
  const [only] = teams;
  return [
    namespace(topology, cluster, {
      name,
      source,
      level: "restricted",
      labels: {
        ...(teams.length === 1 ? { "eco-compile.dev/team": only!.name } : {}),
        ...(mesh.enabled ? MESHED_NAMESPACE : {}),
      },
      // Chaos Mesh leaves every other namespace alone (`enableFilterNamespace`).
      annotations: faulty ? { "chaos-mesh.org/inject": "enabled" } : {},
    }),
    closedByDefault(topology, name, source),
    ...teams.flatMap((team) => [...resourceQuota(topology, cluster, team), ...limitRange(topology, cluster, team)]),
  ];
}

interface NamespaceSpec extends NamespaceNeeds {
  name: string;
  level: NonNullable<NamespaceNeeds["level"]>;
  annotations?: Readonly<Record<string, string>>;
  source: string;
}

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
function namespace(
  { name: ecosystem }: Topology,
  { version }: Cluster,
  { name, level, reason, labels, annotations, source }: NamespaceSpec,
): KubernetesObject {
  const security = ["enforce", "audit", "warn"].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, level],
    [`pod-security.kubernetes.io/${mode}-version`, `v${version.split(".").slice(0, 2).join(".")}`], // a new Kubernetes must not refuse what runs
  ]);
  return kubernetesObject(
    {
      apiVersion: "v1",
      kind: "Namespace",
      name,
      labels: { ...platformLabels(ecosystem, name), ...labels, ...Object.fromEntries(security) },
      annotations: {
        ...annotations,
        ...(reason === undefined ? {} : { "eco-compile.dev/pod-security-reason": reason }),
        // Everything in it would go with it.
        "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm",
      },
      source,
    },
    {},
  );
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();
