import type { Cluster, NodePool } from "../topology/clusters.ts";
import type { Workload } from "../topology/workloads.ts";

type Taint = NodePool["taints"][number];
type InCloud = Pick<Cluster, "cloudKind">;

/** The label that `terraform-modules/aws/eks` gives the nodes of each pool. */
const OWN_POOL_LABEL = "eco-compile.dev/pool";

/**
 * The label that the nodes of a pool have, and no others.
 *
 * - https://cloud.google.com/kubernetes-engine/docs/concepts/node-pools#deploy
 * - https://docs.aws.amazon.com/eks/latest/best-practices/scale-data-plane.html; the groups of the module's own end in what
 *   AWS makes up, so that their nodes have a label of ours
 * - https://learn.microsoft.com/azure/aks/use-labels#reserved-system-labels
 */
export function poolLabel({ cloudKind, existing }: Pick<Cluster, "cloudKind" | "existing">): string {
  switch (cloudKind) {
    case "gcp":
      return "cloud.google.com/gke-nodepool";
    case "aws":
      return existing ? "eks.amazonaws.com/nodegroup" : OWN_POOL_LABEL;
    case "azure":
      return "kubernetes.azure.com/agentpool";
  }
}

/** Taints of a pool's nodes: those of the config, and the one that AKS puts on spot nodes by itself. */
export const taintsOf = ({ cloudKind }: InCloud, { taints, spot }: NodePool): readonly Taint[] =>
  cloudKind === "azure" && spot ? [...taints, AKS_SPOT] : taints;

/** https://learn.microsoft.com/azure/aks/spot-node-pool */
const AKS_SPOT: Taint = { key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" };

/** Whether pods that tolerate nothing can be on its nodes. */
export const takesPods = (cluster: InCloud, pool: NodePool): boolean =>
  taintsOf(cluster, pool).every(({ effect }) => effect === "PreferNoSchedule");

/** The pools whose nodes may have pods of a workload, all of which have one of a daemon. */
export function poolsOf({ cluster, pods }: Pick<Workload, "cluster" | "pods">): readonly NodePool[] {
  const { nodePools } = cluster;
  if (pods.pool !== undefined) return nodePools.filter(({ name }) => name === pods.pool);
  return pods.everyNode ? nodePools : nodePools.filter((pool) => takesPods(cluster, pool));
}

/** The pool that a workload asks for; none where it asks for none, or for one that the cluster lacks. */
export const poolOf = ({ cluster, pods }: Pick<Workload, "cluster" | "pods">): NodePool | undefined =>
  pods.pool === undefined ? undefined : cluster.nodePools.find(({ name }) => name === pods.pool);
