/**
 * What a cloud gives a cluster before anything is installed: nodes, as the config's pools make them, and a default
 * storage class.
 */
import type { CloudKind } from "../../compiler/config/model/clouds.ts";
import type { Cluster, NodePool } from "../compiled/views.ts";
import type { KubernetesObject } from "./client.ts";

/** How many nodes each pool has: as at the beginning, or as many as its autoscaler may make of them. */
export type NodeCount = "initial" | "max";

export const nodesOf = (cluster: Cluster, count: NodeCount): KubernetesObject[] =>
  cluster.nodePools.flatMap((pool) => Array.from({ length: pool[count] }, (_, index) => node(cluster, pool, index)));

/**
 * Labels: https://kubernetes.io/docs/reference/labels-annotations-taints/, and each cloud's own for pools and spot
 * machines.
 */
function node(cluster: Cluster, pool: NodePool, index: number): KubernetesObject {
  const { cloudKind: cloud, region } = cluster;
  if (pool.room === undefined) throw new Error(`data/machines knows no ${pool.machineType} on ${cloud}`);
  const { machine, pods } = pool.room;
  const name = `${cluster.name}-${pool.name}-${index}`;
  const storage = String(pool.disk);
  const taints = [...pool.taints, ...(pool.spot ? SPOT[cloud].taints : [])];
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": pool.machineType,
        "topology.kubernetes.io/region": region.name,
        "topology.kubernetes.io/zone": zoneOf(cluster, index),
        ...POOL_LABELS[cloud](pool.name),
        ...(pool.spot ? SPOT[cloud].labels : {}),
        ...pool.labels,
      },
    },
    spec: { providerID: `${cloud}:///${cluster.name}/${name}`, ...(taints.length > 0 ? { taints } : {}) },
    status: {
      capacity: {
        cpu: String(machine.cores),
        memory: String(machine.memory),
        "ephemeral-storage": storage,
        pods: "110",
      },
      allocatable: {
        cpu: `${Math.floor(pods.cores * 1000)}m`,
        memory: String(Math.floor(pods.bytes)),
        "ephemeral-storage": storage,
        pods: "110",
      },
    },
  };
}

/** AKS puts the region before its numbers. Where the config names no zones, the cloud chooses three. */
function zoneOf({ cloudKind, region }: Cluster, index: number): string {
  const zones = region.zones.length > 0 ? region.zones : ["a", "b", "c"].map((letter) => `${region.name}-${letter}`);
  const zone = zones[index % zones.length]!;
  return cloudKind === "azure" ? `${region.name}-${zone}` : zone;
}

const POOL_LABELS: Record<CloudKind, (pool: string) => Readonly<Record<string, string>>> = {
  gcp: (pool) => ({ "cloud.google.com/gke-nodepool": pool }),
  // AWS makes up the end of a group's name; the other label is that of terraform-modules/aws/eks/nodes.tf.
  aws: (pool) => ({ "eks.amazonaws.com/nodegroup": `${pool}-2026`, "eco-compile.dev/pool": pool }),
  azure: (pool) => ({ "kubernetes.azure.com/agentpool": pool }),
};

interface Spot {
  labels: Readonly<Record<string, string>>;
  taints: NodePool["taints"];
}

const SPOT: Record<CloudKind, Spot> = {
  // https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
  gcp: { labels: { "cloud.google.com/gke-spot": "true" }, taints: [] },
  // https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
  aws: { labels: { "eks.amazonaws.com/capacityType": "SPOT" }, taints: [] },
  // https://learn.microsoft.com/azure/aks/spot-node-pool
  azure: {
    labels: { "kubernetes.azure.com/scalesetpriority": "spot" },
    taints: [{ key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" }],
  },
};

/** GKE and AKS bring a class along; EKS brings none that works, so the compiler writes one. */
const DEFAULT_CLASSES: Record<CloudKind, { name: string; provisioner: string } | undefined> = {
  // https://cloud.google.com/kubernetes-engine/docs/concepts/persistent-volumes
  gcp: { name: "standard-rwo", provisioner: "pd.csi.storage.gke.io" },
  aws: undefined,
  // https://learn.microsoft.com/azure/aks/concepts-storage
  azure: { name: "default", provisioner: "disk.csi.azure.com" },
};

export function storageClassesOf({ cloudKind }: Cluster): KubernetesObject[] {
  const found = DEFAULT_CLASSES[cloudKind];
  if (!found) return [];
  return [
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: found.name, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: found.provisioner,
      reclaimPolicy: "Delete",
      allowVolumeExpansion: true,
      volumeBindingMode: "WaitForFirstConsumer",
    },
  ];
}
