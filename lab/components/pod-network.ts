/**
 * The network of the lab's pods, in a network namespace of its own: every pod's address is there, a test peer answers
 * on all of them, and Envoy, configured by istiod as the sidecar of a client, carries requests to them. Needs root, or
 * user namespaces.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { neededTool } from "../cluster/tools.ts";
import { startProcess } from "../process.ts";
import type { Run } from "../run.ts";

/** As kwok gives addresses to pods in the lab: `--cidr` of lab/cluster/control-plane.ts. */
const PODS = "10.244.0.0/16";

/** Of the client that the sidecar belongs to; no pod has it. */
const CLIENT = "10.244.255.254";

/** Where Envoy takes requests for any host of the mesh: `proxyHttpPort` of MeshConfig. */
export const PROXY_PORT = 15007;

/** A request that has reached a pod. */
export interface Hit {
  /** Address of the pod. */
  pod: string;
  method: string;
  path: string;
  /** Envoy marks copies: `…-shadow`. */
  host: string;
}

export interface PodNetwork {
  /** A request through the client's sidecar; gives the address of the pod that answered. */
  send(method: string, url: string): Promise<{ status: number; pod: string }>;
  /** All that has reached pods so far. */
  hits(): Promise<Hit[]>;
  stop(): Promise<void>;
}

const unshare = ["--net", ...(process.getuid?.() === 0 ? [] : ["--map-root-user"])];
const setup = `ip link set lo up && ip route add local ${PODS} dev lo && exec "$@"`;

/** Undefined where there can be such a network, else why not. */
export function withoutPodNetwork(): string | undefined {
  const { status, stderr, error } = spawnSync("unshare", [...unshare, "sh", "-c", setup, "sh", "true"], {
    encoding: "utf8",
  });
  return status === 0 ? undefined : `no network namespace: ${error?.message ?? stderr.trim()}`;
}

export interface PodNetworkOptions {
  /** Of the client. */
  namespace: string;
  xds: number;
  /** Of the client, and the network's name in the run. Default: `client` */
  name?: string;
  /** Of the client. Default: nobody's */
  labels?: Readonly<Record<string, string>>;
}

export async function startPodNetwork(
  run: Run,
  { namespace, xds, name = "client", labels = { app: "client" } }: PodNetworkOptions,
): Promise<PodNetwork> {
  const folder = join(run.folder, `pod-network-${name}`);
  mkdirSync(folder);
  const socket = (name: string): string => join(folder, name);
  // A namespace has no way to the host's loopback, but files are shared.
  const bridge = createServer((from) =>
    from
      .pipe(connect(xds, "127.0.0.1").on("error", () => from.destroy()))
      .pipe(from)
      .on("error", () => from.destroy()),
  ).listen(socket("xds"));
  writeFileSync(join(folder, "envoy.json"), JSON.stringify(bootstrap({ name, namespace, labels }, socket("xds"))));
  const peer = fileURLToPath(new URL("pod-network.peer.ts", import.meta.url));
  const { stop } = await startProcess(run, {
    name: `pod-network-${name}`,
    command: "unshare",
    args: [
      ...unshare,
      "sh",
      "-c",
      setup,
      "sh",
      process.execPath,
      "--import",
      import.meta.resolve("tsx"),
      peer,
      neededTool("envoy"),
      folder,
      String(PROXY_PORT),
    ],
    ready: async () => (await ask(socket("hits"), "GET", "/")).status === 200,
  });
  return {
    async send(method, url) {
      const { status, body } = await ask(socket("proxy"), method, url);
      return { status, pod: status === 200 ? body : "" };
    },
    hits: async () => JSON.parse((await ask(socket("hits"), "GET", "/")).body),
    async stop() {
      await stop();
      bridge.close();
    },
  };
}

function ask(socketPath: string, method: string, url: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const host = URL.canParse(url) ? new URL(url).host : "lab";
    request({ socketPath, method, path: url, headers: { host }, agent: false, timeout: 10_000 }, (incoming) => {
      let body = "";
      incoming.on("data", (chunk: Buffer) => (body += chunk.toString()));
      incoming.on("end", () => resolve({ status: incoming.statusCode!, body }));
    })
      .on("error", reject)
      .on("timeout", function (this: { destroy(error: Error): void }) {
        this.destroy(new Error("no answer"));
      })
      .end();
  });
}

/**
 * What istio-agent would tell Envoy: who it is, and where its configuration comes from.
 * https://istio.io/latest/docs/ops/diagnostic-tools/proxy-cmd/
 */
const bootstrap = ({ name, namespace, labels }: Required<Omit<PodNetworkOptions, "xds">>, path: string): object => ({
  node: {
    id: `sidecar~${CLIENT}~${name}.${namespace}~${namespace}.svc.cluster.local`,
    cluster: `${name}.${namespace}`,
    metadata: {
      NAMESPACE: namespace,
      CLUSTER_ID: "Kubernetes",
      ISTIO_VERSION: "1.30.0",
      LABELS: labels,
      INSTANCE_IPS: CLIENT,
      INTERCEPTION_MODE: "NONE",
    },
  },
  dynamic_resources: {
    ads_config: {
      api_type: "GRPC",
      transport_api_version: "V3",
      grpc_services: [{ envoy_grpc: { cluster_name: "xds-grpc" } }],
    },
    cds_config: { ads: {}, resource_api_version: "V3" },
    lds_config: { ads: {}, resource_api_version: "V3" },
  },
  static_resources: {
    clusters: [
      {
        name: "xds-grpc",
        type: "STATIC",
        connect_timeout: "5s",
        typed_extension_protocol_options: {
          "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
            "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
            explicit_http_config: { http2_protocol_options: {} },
          },
        },
        load_assignment: {
          cluster_name: "xds-grpc",
          endpoints: [{ lb_endpoints: [{ endpoint: { address: { pipe: { path } } } }] }],
        },
      },
    ],
  },
});
