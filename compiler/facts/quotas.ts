import { bytes, cores, type Bytes, type Cpu } from "../config/units.ts";
import type { Cluster } from "../topology/clusters.ts";
import type { Topology } from "../topology/index.ts";
import type { Quota, QuotaField, Team } from "../topology/teams.ts";
import type { Workload } from "../topology/workloads.ts";
import { addonsOn } from "./addons.ts";
import { podRoom, sidecarRoom, type Room } from "./capacity.ts";
import { poolsOf } from "./node-pools.ts";
import { groupBy } from "./placement.ts";

/** Numbers of what a quota is about: cores, bytes, pods, volumes. */
export type Amounts = { readonly [field in QuotaField]: number };

/** What a workload asks for. */
interface Share {
  workload: Workload;
  amounts: Amounts;
}

/** What the workloads of a team ask for on a cluster where it has a quota. */
export interface QuotaDemand {
  team: Team;
  cluster: Cluster;
  quota: Quota;
  /** With every workload at its fewest pods. */
  fewest: Demand;
  /** With every workload at its most pods, and one of them in the middle of a rollout. */
  most: Demand;
}

export interface Demand {
  amounts: Amounts;
  shares: readonly Share[];
}

const QUOTA_FIELDS = ["cpu", "memory", "pods", "volumes", "storage"] as const satisfies readonly QuotaField[];

/**
 * What is asked for against a quota. Jobs come and go, and so do rollouts: of each the one that takes most is counted, so that
 * what is above a quota here is above it whenever it comes to that. The pods of experiments are left out.
 */
export function quotaDemands(topology: Topology): QuotaDemand[] {
  const placed = groupBy(topology.workloads, ({ cluster, team }) => `${cluster.name} ${team.name}`);
  return topology.clusters.flatMap((cluster) => {
    const sidecar = sidecarRoom(addonsOn(topology, cluster));
    return topology.teams.flatMap((team) => {
      const workloads = placed.get(`${cluster.name} ${team.name}`) ?? [];
      const { quota } = team.on[cluster.name]!;
      return quota === undefined || workloads.length === 0
        ? []
        : [
            {
              team,
              cluster,
              quota,
              fewest: demandOf(workloads, sidecar, "min"),
              most: demandOf(workloads, sidecar, "max", surgeOf),
            },
          ];
    });
  });
}

function demandOf(
  workloads: readonly Workload[],
  sidecar: Room,
  bound: "min" | "max",
  surge: (workload: Workload, pods: number) => number = () => 0,
): Demand {
  const pods = (workload: Workload) => podsOf(workload, bound);
  const shares = workloads.map((workload): Share => ({ workload, amounts: ofPods(workload, pods(workload), sidecar) }));
  const isJob = ({ workload }: Share) => workload.kind === "job";
  const amounts = add(
    shares.filter((share) => !isJob(share)).map((share) => share.amounts),
    largest(shares.filter(isJob).map((share) => share.amounts)),
    largest(workloads.map((workload) => ofPods(workload, surge(workload, pods(workload)), sidecar))),
  );
  return { amounts, shares };
}

/** How many pods there are at least, or at most; of a daemon as many as its pools have nodes. */
function podsOf(workload: Workload, bound: "min" | "max"): number {
  if (workload.kind === "job") return 1;
  if (workload.kind === "daemon") return poolsOf(workload).reduce((sum, pool) => sum + pool[bound], 0);
  return workload.scaling[bound];
}

/**
 * The pods of the next version beside all of the present one, at most. A canary is as large as the stable version before
 * it takes its place, and so is a preview:
 *
 * - https://argo-rollouts.readthedocs.io/en/stable/features/canary/#dynamic-stable-scale-with-traffic-routing
 * - https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/#sequence-of-events
 */
function surgeOf({ kind, strategy }: Workload, pods: number): number {
  // The pods of a StatefulSet are replaced one by one, and jobs have no next version.
  if (kind !== "service" && kind !== "daemon") return 0;
  switch (strategy.kind) {
    case "rolling":
      return Math.ceil((Number.parseFloat(strategy.maxSurge) / 100) * pods);
    case "canary":
    case "blue-green":
      return pods;
    case "shadow":
      return Math.max(pods, strategy.replicas);
  }
}

function ofPods(workload: Workload, count: number, sidecar: Room): Amounts {
  const room = podRoom(workload, sidecar);
  const { storage } = workload;
  return {
    cpu: room.cores * count,
    memory: room.bytes * count,
    pods: count,
    volumes: storage.length * count,
    storage: storage.reduce((sum, { size }) => sum + bytes(size), 0) * count,
  };
}

const NOTHING: Amounts = { cpu: 0, memory: 0, pods: 0, volumes: 0, storage: 0 };

const each = (make: (field: QuotaField) => number): Amounts =>
  Object.fromEntries(QUOTA_FIELDS.map((field) => [field, make(field)])) as unknown as Amounts;

const add = (some: readonly Amounts[], ...others: readonly Amounts[]): Amounts =>
  [...some, ...others].reduce((one, other) => each((field) => one[field] + other[field]), NOTHING);

const largest = (some: readonly Amounts[]): Amounts =>
  some.reduce((one, other) => each((field) => Math.max(one[field], other[field])), NOTHING);

/** A field of a quota as a number; undefined where it has no limit. */
export function limitOf(quota: Quota, field: QuotaField): number | undefined {
  const limit = quota[field];
  if (limit === undefined || typeof limit === "number") return limit;
  return field === "cpu" ? cores(limit as Cpu) : bytes(limit as Bytes);
}

/** The fields of which more is asked for than there may be. Sums of thousandths of cores have binary dust. */
export const exceeded = (quota: Quota, { amounts }: Demand): QuotaField[] =>
  QUOTA_FIELDS.filter((field) => amounts[field] > (limitOf(quota, field) ?? Infinity) + 1e-6);

/** An amount as a message shows it. */
export function showAmount(field: QuotaField, amount: number): string {
  switch (field) {
    case "cpu":
      return `${Number(amount.toFixed(3))} cores`;
    case "memory":
    case "storage":
      return `${Number((amount / 2 ** 30).toFixed(3))} GiB`;
    case "pods":
    case "volumes":
      return `${amount} ${field}`;
  }
}

/** The workloads that take most: `cart 4, web 2 and api 2`. */
export const takers = ({ shares }: Demand, field: QuotaField): string[] =>
  shares
    .filter(({ amounts }) => amounts[field] > 0)
    .sort((one, other) => other.amounts[field] - one.amounts[field])
    .slice(0, 3)
    .map(({ workload, amounts }) => `${workload.name} ${showAmount(field, amounts[field])}`);

export const limitsNothing = (quota: Quota): boolean => QUOTA_FIELDS.every((field) => quota[field] === undefined);
