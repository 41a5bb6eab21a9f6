import { bytes, cores, units, type Bytes, type Cpu } from "../config/units.ts";
import { addonsOn } from "./addons.ts";
import type { Addon } from "../topology/addons.ts";
import type { CloudKind } from "../config/model/clouds.ts";
import type { Cluster, NodePool } from "../topology/clusters.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";
import type { Machine, Machines } from "./machines/index.ts";
import { poolOf, poolsOf, takesPods } from "./node-pools.ts";
import { groupBy } from "./placement.ts";

/** Processor and memory, asked for or there. */
export interface Room {
  cores: number;
  bytes: number;
}

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const NONE: Room = { cores: 0, bytes: 0 };

const plus = (a: Room, b: Room): Room => ({ cores: a.cores + b.cores, bytes: a.bytes + b.bytes });
const times = ({ cores, bytes }: Room, count: number): Room => ({ cores: cores * count, bytes: bytes * count });
const total = (rooms: readonly Room[]): Room => rooms.reduce(plus, NONE);
export const fits = (wanted: Room, there: Room): boolean => wanted.cores <= there.cores && wanted.bytes <= there.bytes;
/** The nodes that a capacity is about: what it is called, and where it is written. */
export const nodesOf = ({ cluster, pool }: Capacity): { title: string; at: string } =>
  pool === undefined
    ? { title: cluster.name, at: `${cluster.source}.nodePools` }
    : { title: `the pool ${pool.name} of ${cluster.name}`, at: pool.source };
export const showRoom = ({ cores, bytes }: Room): string =>
  `${Number(cores.toFixed(2))} cores and ${Number((bytes / GIB).toFixed(1))} GiB`;

/** What workloads of a cluster ask for, and what the nodes that take them give. */
export interface Capacity {
  cluster: Cluster;
  /** The pool that the workloads ask for; without it, all that take whoever tolerates nothing. */
  pool?: NodePool;
  /** All these nodes, as many as they may become. */
  supply: Room;
  /** The most that one pod can get. */
  largestNode: Room;
  /** What each meshed pod asks for beside its own. */
  sidecar: Room;
  /** With every workload at its fewest pods, and at its most. */
  fewest: Room;
  most: Room;
}

/**
 * What is sure to be asked for against what can be had at most: pods' requests with their sidecars, the add-ons' and
 * one copy of each daemon per node, against allocatable room of full pools. What the cloud itself runs in kube-system
 * and how pods spread are left out, so that what does not fit here fits nowhere. Pods with a pool of their own are
 * judged on its nodes, and where these take other pods as well beside those too. Machine types of unknown size cannot be
 * judged.
 */
export function capacities(topology: Topology, machines: Machines): Capacity[] {
  const placed = groupBy(topology.workloads, ({ cluster }) => cluster.name);
  return topology.clusters.flatMap((cluster) => {
    const addons = addonsOn(topology, cluster);
    const here = placed.get(cluster.name) ?? [];
    const sidecar = sidecarRoom(addons);
    const daemons = daemonReader(cluster, addons, here, sidecar);
    const isOpen = (pool: NodePool | undefined) => pool === undefined || takesPods(cluster, pool);
    const asked = new Set(here.flatMap((workload) => poolOf(workload) ?? []));
    const counted = here.filter(({ kind }) => kind !== "daemon");
    const groups: Group[] = [
      {
        pools: cluster.nodePools.filter(isOpen),
        workloads: counted.filter((workload) => isOpen(poolOf(workload))),
        fixed: total(addons.map(podRequests)),
        daemons,
      },
      ...[...asked].map((pool) => ({
        pool,
        pools: [pool],
        workloads: counted.filter((workload) => poolOf(workload) === pool),
        fixed: NONE,
        daemons,
      })),
    ];
    return groups.flatMap((group) => capacityOf(cluster, group, sidecar, machines));
  });
}

/** A pool, the services of which each node has a pod, and what all that each node has asks for of what it leaves. */
export interface Daemons {
  cluster: Cluster;
  pool: NodePool;
  daemons: readonly Workload[];
  asked: Room;
  there: Room;
}

/** What daemons ask of the nodes of each pool that has one. Machine types of unknown size cannot be judged. */
export function daemonsOnNodes(topology: Topology, machines: Machines): Daemons[] {
  const placed = groupBy(topology.workloads, ({ cluster }) => cluster.name);
  return topology.clusters.flatMap((cluster) => {
    const addons = addonsOn(topology, cluster);
    const here = placed.get(cluster.name) ?? [];
    const askedOn = daemonReader(cluster, addons, here, sidecarRoom(addons));
    return cluster.nodePools.flatMap((pool): Daemons[] => {
      const daemons = here.filter((workload) => isDaemonOn(workload, pool));
      const node = machines.find(cluster.cloudKind, pool.machineType, cluster.region.name);
      if (daemons.length === 0 || node === undefined) return [];
      const there = allocatable(cluster.cloudKind, pool.machineType, node);
      return [{ cluster, pool, daemons, asked: askedOn(pool), there }];
    });
  });
}

const isDaemonOn = (workload: Workload, pool: NodePool): boolean =>
  workload.kind === "daemon" && poolsOf(workload).includes(pool);

/** What each node of a pool has anyway: the add-ons' daemons, and those of services. */
function daemonReader(cluster: Cluster, addons: readonly Addon[], here: readonly Workload[], sidecar: Room) {
  const ofAddons = total(addons.map(daemonRequests));
  return (pool: NodePool): Room =>
    plus(
      takesPods(cluster, pool) ? ofAddons : NONE, // which of them tolerate a taint is their charts' secret
      total(here.flatMap((workload) => (isDaemonOn(workload, pool) ? [podRoom(workload, sidecar)] : []))),
    );
}

/** Workloads that may be on the nodes of the same pools. */
interface Group {
  pool?: NodePool;
  pools: readonly NodePool[];
  workloads: readonly Workload[];
  /** What add-ons ask for once. */
  fixed: Room;
  /** What is on each node of a pool. */
  daemons: (pool: NodePool) => Room;
}

/** None where there is no pool, or the size of a machine is unknown. */
function capacityOf(
  cluster: Cluster,
  { pool, pools, workloads, fixed, daemons }: Group,
  sidecar: Room,
  machines: Machines,
): Capacity[] {
  const { cloudKind, region } = cluster;
  const nodes = pools.map(({ machineType }) => machines.find(cloudKind, machineType, region.name));
  if (pools.length === 0 || nodes.some((node) => node === undefined)) return [];
  const free = nodes.map((node, index) => {
    const pool = pools[index]!;
    return minus(allocatable(cloudKind, pool.machineType, node!), daemons(pool));
  });
  const running = workloads.filter(({ kind }) => kind !== "job"); // jobs come and go
  const demand = (bound: "min" | "max") =>
    plus(fixed, total(running.map((workload) => times(podRoom(workload, sidecar), workload.scaling[bound]))));
  return [
    {
      cluster,
      ...(pool === undefined ? {} : { pool }),
      sidecar,
      supply: total(free.map((room, index) => times(room, pools[index]!.max))),
      largestNode: {
        cores: Math.max(...free.map(({ cores }) => cores)),
        bytes: Math.max(...free.map(({ bytes }) => bytes)),
      },
      fewest: demand("min"),
      most: demand("max"),
    },
  ];
}

/** What the add-ons of a cluster put into each meshed pod. */
export const sidecarRoom = (addons: readonly Addon[]): Room =>
  total(addons.flatMap(({ injects }) => (injects === undefined ? [] : [roomOf(injects.requests)])));

/** What one pod of a workload asks for. */
export function podRoom({ resources, containers, meshed }: Workload, sidecar: Room): Room {
  const own = containers.length === 0 ? ownRoom(resources) : besides(resources, containers);
  return meshed ? plus(own, sidecar) : own;
}

/**
 * Sidecars beside the pod's own container or the largest of the steps before it, whichever asks for more:
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
function besides(resources: Workload["resources"], containers: Workload["containers"]): Room {
  const of = (wanted: boolean) =>
    containers.filter(({ sidecar }) => sidecar === wanted).map((one) => asked(one.resources));
  const largest = of(false).reduce(
    (one, other) => ({ cores: Math.max(one.cores, other.cores), bytes: Math.max(one.bytes, other.bytes) }),
    ownRoom(resources),
  );
  return plus(total(of(true)), largest);
}

const asked = ({ cpu, memory }: { cpu: Cpu; memory: Bytes }): Room => ({ cores: cores(cpu), bytes: bytes(memory) });

/** Read once: a workload's requests are asked for by several checks, and are the same on each of its clusters. */
const rooms = new WeakMap<Workload["resources"], Room>();
function ownRoom(resources: Workload["resources"]): Room {
  let room = rooms.get(resources);
  if (room === undefined) rooms.set(resources, (room = asked(resources)));
  return room;
}

const isDaemon = ({ pods }: Addon, path: readonly string[]): boolean => {
  const daemons = pods?.onEachNode ?? [];
  return daemons === true || path.some((key) => daemons.includes(key));
};
const daemonRequests = (addon: Addon): Room =>
  total(
    requestsIn(addon)
      .filter(({ path }) => isDaemon(addon, path))
      .map(({ room }) => room),
  );
const podRequests = (addon: Addon): Room =>
  total(
    requestsIn(addon)
      .filter(({ path }) => !isDaemon(addon, path))
      .map(({ room, replicas }) => times(room, replicas)),
  );

/** Every `resources.requests` in an add-on's values, with the number of replicas that stands beside it. */
function requestsIn({ values, pods }: Addon): { path: string[]; room: Room; replicas: number }[] {
  const found: { path: string[]; room: Room; replicas: number }[] = [];
  const walk = (value: unknown, path: string[]): void => {
    if (value === null || typeof value !== "object" || path.some((key) => pods?.thatEnd?.includes(key))) return;
    const fields = value as Record<string, unknown>;
    const requests = (fields["resources"] as { requests?: { cpu?: string; memory?: string } } | undefined)?.requests;
    if (requests !== undefined) {
      const replicas = fields["replicas"] ?? fields["replicaCount"];
      found.push({ path, room: roomOf(requests), replicas: typeof replicas === "number" ? replicas : 1 });
    }
    for (const [key, child] of Object.entries(fields)) if (key !== "resources") walk(child, [...path, key]);
  };
  walk(values, []);
  return found;
}

const roomOf = ({ cpu, memory }: { cpu?: string; memory?: string }): Room => ({
  cores: cpu !== undefined && units.Cpu.pattern.test(cpu) ? cores(cpu as Cpu) : 0,
  bytes: memory !== undefined && units.Bytes.pattern.test(memory) ? bytes(memory as Bytes) : 0,
});

/** What a node leaves to pods: the clouds keep some of it for the system. */
export function allocatable(cloud: CloudKind, machineType: string, { cores, memory }: Machine): Room {
  return minus({ cores, bytes: memory }, reserved[cloud](machineType, cores, memory));
}

const minus = (a: Room, b: Room): Room => ({
  cores: Math.max(0, a.cores - b.cores),
  bytes: Math.max(0, a.bytes - b.bytes),
});

const reserved: Record<CloudKind, (machineType: string, cores: number, memory: number) => Room> = {
  // https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
  gcp: (machineType, cores, memory) => ({
    cores: /^e2-(micro|small|medium)$/.test(machineType) ? 1.06 : ofCores(cores),
    bytes:
      shares(memory / GIB, [
        [4, 0.25],
        [4, 0.2],
        [8, 0.1],
        [112, 0.06],
        [Infinity, 0.02],
      ]) *
        GIB +
      100 * MIB,
  }),
  // https://github.com/awslabs/amazon-eks-ami/blob/main/doc/usage/al2.md and nodeadm: 11 MiB per pod that the network
  // interfaces can address
  aws: (_, cores) => ({
    cores: ofCores(cores),
    bytes: (255 + 11 * (cores < 4 ? 29 : cores < 16 ? 58 : 234) + 100) * MIB,
  }),
  // https://learn.microsoft.com/azure/aks/node-resource-reservations, with the modules' 110 pods per node
  azure: (_, cores, memory) => ({
    cores: shares(cores, [
      [1, 0.06],
      [1, 0.04],
      [2, 0.02],
      [Infinity, 0.01],
    ]),
    bytes: Math.min((20 * 110 + 50) * 1e6, memory / 4) + 100 * MIB,
  }),
};

/** GKE and EKS alike: 6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the others. */
const ofCores = (cores: number): number =>
  shares(cores, [
    [1, 0.06],
    [1, 0.01],
    [2, 0.005],
    [Infinity, 0.0025],
  ]);

/** A share of each slice of an amount. */
function shares(amount: number, slices: readonly (readonly [size: number, share: number])[]): number {
  let left = amount;
  let sum = 0;
  for (const [size, share] of slices) {
    const slice = Math.min(left, size);
    sum += slice * share;
    left -= slice;
  }
  return sum;
}
