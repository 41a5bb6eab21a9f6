/**
 * The parts of a topology that suites ask for, each as small as they need it: what a suite is not shown cannot make it
 * run again.
 */
import { bytes } from "../../compiler/config/units.ts";
import { allocatable } from "../../compiler/facts/capacity.ts";
import { machines } from "../../compiler/facts/machines/index.ts";
import type * as compiled from "../../compiler/topology/index.ts";

export const views = {
  accounts: ({ clouds }: compiled.Topology) => clouds.map(({ name, account }) => ({ name, account })),
  addons: ({ platform }: compiled.Topology) =>
    platform.addons.map(({ name, namespace, cluster }) => ({ name, namespace, cluster })),
  addonImages: ({ platform }: compiled.Topology) =>
    platform.addons.map(({ name, cluster, chart, images, injects }) => ({
      name,
      cluster,
      upstream: chart !== undefined,
      images,
      injected: injects?.images ?? [],
    })),
  clusters: ({ clusters }: compiled.Topology) => clusters.map(clusterOf),
  environments: ({ environments }: compiled.Topology) => environments.map(({ revision }) => ({ revision })),
  management: ({ management }: compiled.Topology) => clusterOf(management),
  repository: ({ repository: { url } }: compiled.Topology) => ({ url }),
  terraformRoots: ({ terraformRoots }: compiled.Topology) =>
    terraformRoots.map(({ cloud, kind, path }) => ({ cloud, kind, path })),
  workloads: ({ workloads }: compiled.Topology) => workloads.map(workloadOf),
} satisfies Record<string, (topology: compiled.Topology) => unknown>;

export type View = keyof typeof views;

/** What is seen of a topology through some views. */
export type Seen<V extends View> = { readonly [K in V]: ReturnType<(typeof views)[K]> };

export type Addons = Seen<"addons">["addons"];

export type Cluster = ReturnType<typeof clusterOf>;

function clusterOf(cluster: compiled.Cluster) {
  const { name, cloud, cloudKind, region, environment, path, nodePools } = cluster;
  return {
    name,
    cloud,
    cloudKind,
    region: { name: region.name, zones: region.zones },
    environment: { name: environment.name, revision: environment.revision },
    path,
    nodePools: nodePools.map((pool) => poolOf(pool, cluster)),
  };
}

export type NodePool = ReturnType<typeof poolOf>;

function poolOf(pool: compiled.NodePool, { cloudKind: cloud, region }: compiled.Cluster) {
  const { name, machineType, spot, initial, max, disk, labels, taints } = pool;
  const machine = machines().find(cloud, machineType, region.name);
  return {
    name,
    machineType,
    spot,
    initial,
    max,
    /** In bytes. */
    disk: bytes(disk),
    labels,
    taints,
    /** Of a node, and what the cloud leaves of it to pods. Undefined: data/machines does not know the type. */
    room: machine && {
      machine: { cores: machine.cores, memory: machine.memory },
      pods: allocatable(cloud, machineType, machine),
    },
  };
}

export type Workload = ReturnType<typeof workloadOf>;

function workloadOf(workload: compiled.Workload) {
  const { kind, name, namespace, path, cluster, image, ports, scaling, slos, strategy, kubernetesServices } = workload;
  return {
    kind,
    name,
    namespace,
    path,
    cluster: { name: cluster.name, path: cluster.path },
    image: { repository: image.repository },
    ports: ports.map(({ protocol }) => ({ protocol })),
    scaling: { min: scaling.min },
    slos: slos.map(({ name }) => ({ name })),
    strategy,
    kubernetesServices,
  };
}
