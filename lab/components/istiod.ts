/**
 * Istio's control plane: reads Services, pods and mesh objects from a lab's API server, and makes Envoy's configuration
 * of them.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Data } from "../cluster/client.ts";
import type { LabCluster } from "../cluster/index.ts";
import { neededTool } from "../cluster/tools.ts";
import { freePorts } from "../ports.ts";
import { startProcess } from "../process.ts";

export interface Istiod {
  /** Port on loopback that serves xDS without encryption. */
  xds: number;
  /** The clusters that it has given to a connected proxy, in Envoy's words as protobuf writes JSON, by name. */
  clustersOf(proxy: { name: string; namespace: string }): Promise<ReadonlyMap<string, Data>>;
  stop(): Promise<void>;
}

const NAMESPACE = "istio-system";

/**
 * Starts it on a cluster that has Istio's CRDs. Neither webhooks nor certificates: no sidecar is injected, and what it
 * configures speaks in the clear. Envoy as its makers release it lacks the filters that Istio's own build adds for
 * telemetry and protocol detection, so these are switched off.
 */
export async function startIstiod(
  { client, run, kubeconfig }: LabCluster,
  mesh: Readonly<Record<string, unknown>> = {},
): Promise<Istiod> {
  await client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
  const [xds, http, monitoring] = (await freePorts(3)) as [number, number, number];
  const meshFile = join(run.folder, "mesh.yaml");
  writeFileSync(meshFile, JSON.stringify({ defaultConfig: { discoveryAddress: `127.0.0.1:${xds}` }, ...mesh })); // JSON is YAML
  const { stop } = await startProcess(run, {
    name: "istiod",
    command: neededTool("pilot-discovery"),
    args: [
      "discovery",
      `--kubeconfig=${kubeconfig}`,
      `--meshConfig=${meshFile}`,
      `--grpcAddr=127.0.0.1:${xds}`,
      `--httpAddr=127.0.0.1:${http}`,
      `--monitoringAddr=127.0.0.1:${monitoring}`,
      "--httpsAddr=",
      "--secureGRPCAddr=",
    ],
    env: {
      POD_NAMESPACE: NAMESPACE,
      POD_NAME: "istiod",
      ENABLE_CA_SERVER: "false",
      INJECT_ENABLED: "false",
      VALIDATION_WEBHOOK_CONFIG_NAME: "",
      PILOT_ENABLE_ALPN_FILTER: "false",
      PILOT_ENABLE_METADATA_EXCHANGE: "false",
      PILOT_ENABLE_GATEWAY_API: "false",
    },
    ready: async () => (await fetch(`http://127.0.0.1:${http}/ready`)).ok,
    seconds: 120,
  });
  return {
    xds,
    async clustersOf({ name, namespace }) {
      // The proxy needs none of it to be asked: https://istio.io/latest/docs/ops/diagnostic-tools/proxy-cmd/
      const answer = await fetch(`http://127.0.0.1:${http}/debug/config_dump?proxyID=${name}.${namespace}`);
      if (!answer.ok) return new Map();
      const { configs } = (await answer.json()) as { configs: Data[] };
      const clusters = configs.find((part) => String(part["@type"]).endsWith("ClustersConfigDump"));
      return new Map(
        ((clusters?.["dynamicActiveClusters"] ?? []) as Data[]).map(({ cluster }) => [cluster.name, cluster]),
      );
    },
    stop,
  };
}
