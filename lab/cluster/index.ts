/**
 * A Kubernetes control plane without containers: etcd, API server, controller-manager and scheduler, on nodes that kwok
 * plays.
 */
import { join } from "node:path";
import type { Cluster } from "../compiled/views.ts";
import type { LabProcess } from "../process.ts";
import { beginRun, endRun, type Run } from "../run.ts";
import { until } from "../until.ts";
import { Client, type Access, type KubernetesObject } from "./client.ts";
import { nodesOf, storageClassesOf, type NodeCount } from "./cloud.ts";
import { PARTS, startControlPlane, type Part } from "./control-plane.ts";
import { customResourceDefinitions } from "./crds.ts";
import { writeKubeconfig } from "./kubeconfig.ts";
import { preparedData } from "./prepared.ts";

export { CONTROL_PLANE, missing } from "./tools.ts";

export interface ClusterOptions {
  /** Of the run, for people. Default: the cluster's name. */
  name?: string;
  /** The config's cluster that it plays: its nodes and storage classes. Without it there are none. */
  cluster?: Cluster;
  /** Default: `initial`. */
  nodes?: NodeCount;
  /** Beside etcd and the API server. Default: all. */
  parts?: readonly Part[];
  /** The CRDs that are there from the beginning. Default: the real ones of all that the compiler writes. */
  crds?: readonly KubernetesObject[];
  /** Data of etcd to begin with, in the place of `crds`; see `prepared.ts`. */
  data?: string;
  /**
   * Whether the server calls webhooks. Without them their configurations are taken, and nobody waits for programs that
   * do not run here. Default: yes.
   */
  webhooks?: boolean;
  /** Outlives this process; `npm run lab -- down` ends it. */
  detached?: boolean;
}

export interface LabCluster {
  name: string;
  run: Run;
  access: Access;
  /** Acts as an administrator. */
  client: Client;
  /** Of an administrator. */
  kubeconfig: string;
  /**
   * A kubeconfig of somebody else, with that one's rights alone: `system:serviceaccount:argo-rollouts:argo-rollouts`.
   */
  kubeconfigAs(user: string, groups?: readonly string[]): string;
  processes: readonly LabProcess[];
  stop(): Promise<void>;
}

export async function startCluster({
  cluster,
  name = cluster?.name ?? "cluster",
  nodes = "initial",
  parts = PARTS,
  data,
  crds = data === undefined ? customResourceDefinitions() : [],
  webhooks = true,
  detached = false,
}: ClusterOptions = {}): Promise<LabCluster> {
  const run = beginRun(name, { detached });
  const { access, processes } = await startControlPlane(run, {
    parts,
    webhooks,
    data: data ?? (crds.length > 0 ? await preparedData(crds) : undefined),
  });
  const client = new Client(access);
  if (cluster) await furnish(client, cluster, nodes, parts);
  return {
    name,
    run,
    access,
    client,
    kubeconfig: writeKubeconfig(join(run.folder, "kubeconfig"), access),
    kubeconfigAs: (user, groups = []) =>
      writeKubeconfig(join(run.folder, `${user.replaceAll(":", ".")}.kubeconfig`), { ...access, as: { user, groups } }),
    processes,
    async stop() {
      client.close();
      for (const { stop } of processes) await stop();
      // The folder goes when this process ends well; until then a failing test may point into it.
      if (detached) endRun(run);
    },
  };
}

async function furnish(client: Client, cluster: Cluster, count: NodeCount, parts: readonly Part[]): Promise<void> {
  const nodes = nodesOf(cluster, count);
  await Promise.all(storageClassesOf(cluster).map((object) => client.apply(object)));
  await Promise.all(
    nodes.map(async (node) => {
      await client.apply(node);
      await client.apply(node, { subresource: "status" }); // capacity and allocatable are status
    }),
  );
  if (!parts.includes("kwok")) return;
  await until(
    `${nodes.length} nodes ready`,
    async () =>
      (await client.list("v1", "Node")).every(
        ({ status, spec }) =>
          isReady(status) && !spec.taints?.some(({ key }: { key: string }) => key.startsWith("node.kubernetes.io/")),
      ),
    { seconds: 180 },
  );
}

const isReady = (status?: { conditions?: { type: string; status: string }[] }): boolean =>
  status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;
