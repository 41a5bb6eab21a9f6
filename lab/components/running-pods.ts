/**
 * Pods that run, beside those that kwok only says do: each in a network namespace of its own, as the network of a pod
 * is, with an application and, in the mesh, the real pilot-agent with the real Envoy. A proxy leads to their addresses.
 * Needs root, or user namespaces.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Data } from "../cluster/client.ts";
import { neededTool } from "../cluster/tools.ts";
import { startProcess } from "../process.ts";
import type { Run } from "../run.ts";

/** A pod of the cluster, and what its application does. */
interface Running {
  /** As the cluster has it, with its address. */
  pod: Data;
  /** Where it tells its metrics. */
  metrics: { port: number; path: string };
  /** Share of its work that it gets done, 0–1. */
  done: number;
}

export interface RunningPods {
  /** For `proxy_url` of a scrape configuration. */
  url: string;
  start(running: Running): Promise<void>;
  stop(): Promise<void>;
}

/** What the peer in the namespace is told. */
export interface Inside {
  folder: string;
  application: Omit<Running, "pod">;
  agent?: { command: string; args: string[]; env: Record<string, string> };
}

const unshare = ["--net", ...(process.getuid?.() === 0 ? [] : ["--map-root-user"])];

export async function startPods(run: Run): Promise<RunningPods> {
  const sockets = new Map<string, string>();
  const ends: (() => Promise<void>)[] = [];
  // A proxy's request line holds the whole address: `GET http://10.244.0.7:15020/stats/prometheus`.
  const server = createServer(({ url, headers }, response) => {
    const socketPath = URL.canParse(url!) ? sockets.get(new URL(url!).hostname) : undefined;
    const fail = (): unknown => response.writeHead(502).end();
    if (socketPath === undefined) return void fail();
    request({ socketPath, path: url!, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    })
      .on("error", fail)
      .end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async start({ pod, metrics, done }) {
      const { name } = pod.metadata;
      const folder = join(run.folder, "pods", name);
      mkdirSync(folder, { recursive: true });
      const proxy = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].find(
        (container: Data) => container.name === "istio-proxy",
      );
      const inside: Inside = {
        folder,
        application: { metrics, done },
        ...(proxy === undefined ? {} : { agent: agentOf(pod, proxy, folder) }),
      };
      writeFileSync(join(folder, "inside.json"), JSON.stringify(inside));
      const peer = fileURLToPath(new URL("running-pods.peer.ts", import.meta.url));
      const { stop } = await startProcess(run, {
        name,
        command: "unshare",
        args: [
          ...unshare,
          ...["sh", "-c", 'ip link set lo up && exec "$@"', "sh"],
          ...[process.execPath, "--import", import.meta.resolve("tsx"), peer, join(folder, "inside.json")],
        ],
        cwd: folder,
        ready: () => answers(join(folder, "socket"), `http://pod:${metrics.port}${metrics.path}`),
      });
      ends.push(stop);
      sockets.set(pod.status.podIP, join(folder, "socket"));
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      for (const stop of ends) await stop();
    },
  };
}

const answers = (socketPath: string, path: string): Promise<boolean> =>
  new Promise((resolve) => {
    request({ socketPath, path, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    })
      .on("error", () => resolve(false))
      .end();
  });

/**
 * The proxy's container as a process: its environment as the injector wrote it, fields of the pod filled in. It has no
 * istiod to ask, so it needs no certificates, and its Envoy begins with all that it will ever have.
 * https://istio.io/latest/docs/reference/commands/pilot-agent/
 */
function agentOf(pod: Data, proxy: Data, folder: string): Inside["agent"] {
  const fields: Readonly<Record<string, string | undefined>> = {
    "metadata.name": pod.metadata.name,
    "metadata.namespace": pod.metadata.namespace,
    "spec.serviceAccountName": pod.spec.serviceAccountName,
    "status.podIP": "127.0.0.1",
    "status.hostIP": "127.0.0.1",
  };
  const written = (proxy.env as Data[]).map(({ name, value, valueFrom }): [string, string | undefined] => [
    name,
    value ?? fields[valueFrom?.fieldRef?.fieldPath],
  ]);
  const known = Object.fromEntries(written.filter((entry): entry is [string, string] => entry[1] !== undefined));
  const bootstrap = join(folder, "envoy.json");
  writeFileSync(bootstrap, JSON.stringify(BOOTSTRAP));
  return {
    command: neededTool("pilot-agent"),
    args: ["proxy", "sidecar", "--concurrency=1"],
    env: {
      ...known,
      CLOUD_PLATFORM: "none",
      FILE_MOUNTED_CERTS: "true",
      PROXY_CONFIG: JSON.stringify({
        ...JSON.parse(known["PROXY_CONFIG"] ?? "{}"),
        binaryPath: neededTool("envoy"),
        configPath: join(folder, "proxy"),
        customConfigFile: bootstrap,
        controlPlaneAuthPolicy: "NONE",
      }),
    },
  };
}

const at = (port_value: number) => ({ socket_address: { address: "127.0.0.1", port_value } });

/**
 * What of Istio's bootstrap leads the agent to Envoy's statistics: the port 15090, and the administration behind it.
 * https://github.com/istio/istio/blob/1.30.3/tools/packaging/common/envoy_bootstrap.json
 */
const BOOTSTRAP = {
  admin: { address: at(15_000) },
  static_resources: {
    clusters: [
      {
        name: "prometheus_stats",
        type: "STATIC",
        load_assignment: {
          cluster_name: "prometheus_stats",
          endpoints: [{ lb_endpoints: [{ endpoint: { address: at(15_000) } }] }],
        },
      },
    ],
    listeners: [
      {
        name: "prometheus",
        address: at(15_090),
        filter_chains: [
          {
            filters: [
              {
                name: "envoy.filters.network.http_connection_manager",
                typed_config: {
                  "@type":
                    "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                  stat_prefix: "stats",
                  route_config: {
                    virtual_hosts: [
                      {
                        name: "backend",
                        domains: ["*"],
                        routes: [{ match: { prefix: "/stats/prometheus" }, route: { cluster: "prometheus_stats" } }],
                      },
                    ],
                  },
                  http_filters: [
                    {
                      name: "envoy.filters.http.router",
                      typed_config: { "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router" },
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
  },
};
