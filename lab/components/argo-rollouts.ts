/**
 * The controller of Argo Rollouts, with the rights of its own installation:
 * https://argo-rollouts.readthedocs.io/en/stable/installation/
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import type { KubernetesObject } from "../cluster/client.ts";
import type { LabCluster } from "../cluster/index.ts";
import { neededTool } from "../cluster/tools.ts";
import { freePorts } from "../ports.ts";
import { startProcess, type LabProcess } from "../process.ts";
import { moduleFolder } from "../toolchain/index.ts";

export interface ArgoRolloutsOptions {
  /** Where a Prometheus listens. Whatever address an AnalysisTemplate names, this one answers. */
  prometheus?: string;
}

const NAMESPACE = "argo-rollouts";

/** Upstream's role and its binding; the objects around them belong to the pod that the lab does not have. */
const RIGHTS = [
  "manifests/role/argo-rollouts-clusterrole.yaml",
  "manifests/cluster-install/argo-rollouts-clusterrolebinding.yaml",
];

/** Starts it on a cluster that has its CRDs and Istio's. */
export async function startArgoRollouts(
  { client, run, kubeconfigAs }: LabCluster,
  { prometheus }: ArgoRolloutsOptions = {},
): Promise<LabProcess> {
  const folder = moduleFolder("argo-rollouts")!;
  await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
  for (const object of RIGHTS.flatMap(
    (file) => loadAll(readFileSync(join(folder, file), "utf8")) as KubernetesObject[],
  ))
    await client.apply(object);
  const [metricsPort, healthPort] = (await freePorts(2)) as [number, number];
  return startProcess(run, {
    name: "argo-rollouts",
    command: neededTool("rollouts-controller"),
    args: [
      `--kubeconfig=${kubeconfigAs(`system:serviceaccount:${NAMESPACE}:argo-rollouts`)}`,
      `--metricsPort=${metricsPort}`,
      `--healthzPort=${healthPort}`,
      "--leader-elect=false",
      "--qps=200",
      "--burst=400",
    ],
    // Go's clients send everything but loopback through this proxy, with the whole address in the request line, and
    // Prometheus answers such a request as it answers any other (RFC 9112, section 3.2.2). So addresses in a cluster
    // stay as they are, and the API server is reached directly.
    env: prometheus === undefined ? {} : { HTTP_PROXY: prometheus, http_proxy: prometheus, NO_PROXY: "", no_proxy: "" },
    ready: async () => (await fetch(`http://127.0.0.1:${healthPort}/healthz`)).ok,
  });
}
