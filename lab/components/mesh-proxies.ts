/**
 * A test peer: what Prometheus would read from the proxies of the pods in the mesh. kwok's pods run no proxy and answer
 * nowhere, so Prometheus scrapes them through this HTTP proxy, which counts the requests that a suite says each pod
 * gets, in Istio's own metrics. https://istio.io/latest/docs/reference/config/metrics/
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Client, Data } from "../cluster/client.ts";
import { watch } from "../cluster/watch.ts";

/** A pod as the peer knows it. */
export interface MeshPod {
  ip: string;
  namespace: string;
  /** Istio's canonical service: the pod's `app.kubernetes.io/name`. */
  service: string;
  /** Image with its digest, of the container that is named as the service. */
  image: string;
  labels: Readonly<Record<string, string>>;
}

/** The requests that a pod answers. */
export interface Traffic {
  perSecond: number;
  /** Share that fails, 0–1. Default: 0. */
  failing?: number;
  /** How long an answer takes. `unknown`: the histogram stands still, so that its quantiles are not a number. */
  milliseconds: number | "unknown";
  /** gRPC says in a code of its own that a request failed. Default: HTTP. */
  protocol?: "http" | "grpc";
}

export interface MeshProxies {
  /** For `proxy_url` of a scrape configuration. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Bounds of the histogram in milliseconds, as the config's latency SLOs document them:
 * compiler/config/model/rollouts.ts.
 */
const BOUNDS = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000,
  3_600_000,
];

/** Milliseconds between two counts. */
const EVERY = 250;

interface Counted {
  pod: MeshPod;
  protocol: "http" | "grpc";
  good: number;
  bad: number;
  timed: number;
  buckets: number[];
}

/** Counts from now on; `trafficOf` says what a pod gets, and is asked again and again. */
export async function playMeshProxies(
  client: Client,
  trafficOf: (pod: MeshPod) => Traffic | undefined,
): Promise<MeshProxies> {
  const pods = new Map<string, MeshPod>();
  const counted = new Map<string, Counted>();
  const watched = await watch(client, "v1", "Pod", ({ object, isGone }) => {
    const pod = meshPod(object);
    if (pod && !isGone) return void pods.set(object.metadata.uid, pod);
    counted.delete(pods.get(object.metadata.uid)?.ip ?? "");
    pods.delete(object.metadata.uid);
  });
  let last = performance.now();
  const look = (): void => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    for (const pod of pods.values()) {
      const traffic = trafficOf(pod);
      if (traffic === undefined) continue;
      const known = counted.get(pod.ip) ?? {
        pod,
        protocol: traffic.protocol ?? "http",
        good: 0,
        bad: 0,
        timed: 0,
        buckets: BOUNDS.map(() => 0),
      };
      counted.set(pod.ip, known);
      count(known, traffic, seconds);
    }
  };
  const looks = setInterval(look, EVERY);

  // A proxy's request line holds the whole address: `GET http://10.244.0.7:15020/stats/prometheus`.
  const server = createServer(({ url }, response) => {
    const ip = URL.canParse(url!) ? new URL(url!).hostname : "";
    if (watched.failure) response.statusCode = 500;
    response
      .setHeader("content-type", "text/plain; version=0.0.4")
      .end(counted.has(ip) ? exposition(counted.get(ip)!) : "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      clearInterval(looks);
      watched.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Undefined for what is in no mesh, has no address yet, or ends. */
function meshPod({ metadata, spec, status }: Data): MeshPod | undefined {
  const service = metadata.labels?.["app.kubernetes.io/name"];
  const image = spec.containers.find(({ name }: Data) => name === service)?.image;
  if (service === undefined || image === undefined || status?.podIP === undefined || metadata.deletionTimestamp)
    return undefined;
  return { ip: status.podIP, namespace: metadata.namespace, service, image, labels: metadata.labels };
}

function count(counted: Counted, { perSecond, failing = 0, milliseconds }: Traffic, seconds: number): void {
  const requests = perSecond * seconds;
  counted.bad += requests * failing;
  counted.good += requests * (1 - failing);
  if (milliseconds === "unknown") return;
  counted.timed += requests;
  for (const [index, bound] of BOUNDS.entries()) if (milliseconds <= bound) counted.buckets[index]! += requests;
}

function exposition({ pod: { service, namespace }, protocol, good, bad, timed, buckets }: Counted): string {
  const labels = (more: Readonly<Record<string, string>>): string =>
    Object.entries({
      reporter: "destination",
      destination_canonical_service: service,
      destination_workload: service,
      destination_workload_namespace: namespace,
      request_protocol: protocol,
      ...more,
    })
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(",");
  const grpc = protocol === "grpc";
  const answers: [Record<string, string>, number][] = [
    [{ response_code: "200", grpc_response_status: grpc ? "0" : "" }, good],
    [{ response_code: grpc ? "200" : "503", grpc_response_status: grpc ? "14" : "" }, bad],
  ];
  return [
    "# TYPE istio_requests_total counter",
    // A proxy has no series of what never happened.
    ...answers
      .filter(([, value]) => value > 0)
      .map(([more, value]) => `istio_requests_total{${labels(more)}} ${value}`),
    "# TYPE istio_request_duration_milliseconds histogram",
    ...BOUNDS.map(
      (bound, index) =>
        `istio_request_duration_milliseconds_bucket{${labels({ le: String(bound) })}} ${buckets[index]}`,
    ),
    `istio_request_duration_milliseconds_bucket{${labels({ le: "+Inf" })}} ${timed}`,
    `istio_request_duration_milliseconds_count{${labels({})}} ${timed}`,
    "",
  ].join("\n");
}
