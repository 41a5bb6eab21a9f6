import { resolve } from "node:path";
import { topologyOf } from "../compiled/index.ts";
import { missing, startCluster } from "../cluster/index.ts";
import { processesOf, runs } from "../run.ts";

export interface UpOptions {
  /** Folder of the project. */
  cwd: string;
  nodes: "initial" | "max";
}

/** `npm run lab -- up [cluster]`: a control plane that plays a cluster of the config, until `down`. */
export async function upCommand(wanted: string | undefined, { cwd, nodes }: UpOptions): Promise<void> {
  const absent = missing();
  if (absent !== undefined) throw new Error(absent);
  const { clusters, management } = await topologyOf(resolve(cwd), ["clusters", "management"]);
  const cluster = wanted === undefined ? management : clusters.find(({ name }) => name === wanted);
  if (!cluster) throw new Error(`no cluster ${wanted}; there are ${clusters.map(({ name }) => name).join(", ")}`);
  if (runs().some((run) => run.detached && run.name === cluster.name && processesOf(run).length > 0))
    throw new Error(`${cluster.name} is up already; npm run lab -- status shows where, and -- down ends it`);
  const start = performance.now();
  const { kubeconfig, client } = await startCluster({ cluster, nodes, detached: true });
  client.close();
  console.error(
    `${cluster.name} is up after ${((performance.now() - start) / 1000).toFixed(0)} s; npm run lab -- down ends it`,
  );
  console.log(`export KUBECONFIG=${kubeconfig}`);
}
