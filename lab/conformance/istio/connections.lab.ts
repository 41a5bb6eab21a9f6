/**
 * How callers connect: the real istiod gives each caller's sidecar what that caller says and no other, and a real Envoy
 * ejects a pod that keeps failing. The pods' servers are a test peer.
 */
import * as assert from "uvu/assert";
import { startIstiod, type Istiod } from "../../components/istiod.ts";
import { PROXY_PORT, startPodNetwork, withoutPodNetwork, type PodNetwork } from "../../components/pod-network.ts";
import { outputOf } from "../../compiled/index.ts";
import type { Workload } from "../../compiled/views.ts";
import { referenceTo, type Data, type KubernetesObject } from "../../cluster/client.ts";
import { customResourceDefinitions } from "../../cluster/crds.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import { objectsOf } from "../../delivery/applications.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { until } from "../../until.ts";
import { saySkipped } from "../../../test/support/run-files.ts";
import { CALLED, CANARY, CLUSTER, FAR, NEAR } from "./connections.ts";

const NAME = "istio: how callers connect";
const test = labSuite(NAME, [...CONTROL_PLANE, "pilot-discovery", "envoy"]);
const why = withoutPodNetwork();
if (why !== undefined && process.env["CI"] === "true") throw new Error(why);
if (why !== undefined) saySkipped(NAME, why);
const behaves = why === undefined ? test : test.skip;

const PATIENCE = 120;
const PODS = ["10.244.0.11", "10.244.0.12"];
const FAILING = PODS[1]!;

let lab: LabCluster;
let istiod: Istiod;
let workloads: Map<string, Workload>;
let rules: KubernetesObject[];
const callers = new Map<string, PodNetwork>();
const ends: (() => Promise<unknown>)[] = [];
test.after(async () => {
  for (const end of ends.reverse()) await end();
});

/** A Service, and its pods' addresses. */
const serviceOf = (name: string, namespace: string): KubernetesObject[] => [
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { ports: [{ name: "http", port: 80, targetPort: 8080 }] },
  } as KubernetesObject,
  {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name, namespace, labels: { "kubernetes.io/service-name": name } },
    addressType: "IPv4",
    ports: [{ name: "http", port: 8080, protocol: "TCP" }],
    endpoints: PODS.map((address) => ({ addresses: [address], conditions: { ready: true } })),
  } as unknown as KubernetesObject,
];

const clusterOf = async (caller: string, service: string): Promise<Data | undefined> => {
  const { namespace } = workloads.get(CALLED)!;
  const clusters = await istiod.clustersOf({ name: caller, namespace: workloads.get(caller)!.namespace });
  return clusters.get(`outbound|80||${service}.${namespace}.svc.cluster.local`);
};

/** The statuses of requests, one of the pods failing each that it gets. */
async function statuses(caller: string, count: number): Promise<number[]> {
  const url = `http://${CALLED}.${workloads.get(CALLED)!.namespace}.svc.cluster.local/failing/${FAILING}`;
  const answers: number[] = [];
  for (let sent = 0; sent < count; sent++) answers.push((await callers.get(caller)!.send("GET", url)).status);
  return answers;
}

behaves("two callers, in namespaces of their own, and what they call", async () => {
  const { topology, files } = await outputOf("", {
    views: ["workloads"],
    files: new RegExp(`^generated/clusters/${CLUSTER}/services/[^/]+/manifests/destinations[.]yaml$`),
    variant: new URL("./connections.ts", import.meta.url),
  });
  workloads = new Map(
    topology.workloads.filter(({ cluster }) => cluster.name === CLUSTER).map((workload) => [workload.name, workload]),
  );
  assert.is.not(workloads.get(NEAR)!.namespace, workloads.get(FAR)!.namespace);
  rules = [...files.values()].flatMap((text) => objectsOf(text));
  assert.is(rules.length, 4, "each caller's, and one for the canary's own Service");

  lab = await startCluster({ name: "connections", parts: [], crds: customResourceDefinitions(["istio.io/api"]) });
  ends.push(() => lab.stop());
  const { namespace } = workloads.get(CALLED)!;
  for (const name of new Set([...workloads.values()].map((workload) => workload.namespace)))
    await lab.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  for (const name of [CALLED, CANARY, `${CANARY}-canary`])
    for (const object of serviceOf(name, namespace)) await lab.client.apply(object);
  for (const rule of rules) await lab.client.apply(rule);

  istiod = await startIstiod(lab, { proxyHttpPort: PROXY_PORT, enableAutoMtls: false });
  ends.push(istiod.stop);
  for (const name of [NEAR, FAR]) {
    const network = await startPodNetwork(lab.run, {
      name,
      namespace: workloads.get(name)!.namespace,
      xds: istiod.xds,
      labels: { "app.kubernetes.io/name": name },
    });
    ends.push(network.stop);
    callers.set(name, network);
  }
  for (const caller of callers.keys())
    await until(`clusters of ${caller}`, async () => (await clusterOf(caller, CALLED)) !== undefined, {
      seconds: PATIENCE,
    });
});

behaves("each caller's Envoy has what that caller says of the host", async () => {
  const [near, far] = [(await clusterOf(NEAR, CALLED))!, (await clusterOf(FAR, CALLED))!];
  assert.equal([near.connectTimeout, far.connectTimeout], ["0.300s", "0.700s"]);
  assert.is(far.outlierDetection, undefined);
  const { consecutive5xx, enforcingConsecutive5xx, interval, baseEjectionTime, maxEjectionPercent } =
    near.outlierDetection;
  assert.equal([consecutive5xx, enforcingConsecutive5xx], [3, 100]);
  assert.equal([interval, baseEjectionTime, maxEjectionPercent], ["10s", "120s", 50]);
});

behaves("both Services of a canary: gateway errors alone eject, and below a share none does", async () => {
  for (const service of [CANARY, `${CANARY}-canary`]) {
    const { outlierDetection, commonLbConfig } = (await clusterOf(NEAR, service))!;
    assert.equal(
      [
        outlierDetection.enforcingConsecutive5xx,
        outlierDetection.consecutiveGatewayFailure,
        commonLbConfig.healthyPanicThreshold,
      ],
      [0, 5, { value: 20 }],
    );
    assert.is((await clusterOf(FAR, service))!.outlierDetection, undefined);
  }
});

behaves("a pod that keeps failing is ejected for the caller that says so, and for no other", async () => {
  await until("requests of both", async () => (await statuses(FAR, 4)).includes(200), { seconds: PATIENCE });
  const seen: number[] = [];
  await until(
    "an ejection",
    async () => {
      const now = await statuses(NEAR, 20);
      seen.push(...now);
      return now.every((status) => status === 200);
    },
    { seconds: PATIENCE },
  );
  const failed = seen.filter((status) => status === 500).length;
  assert.ok(failed >= 3 && failed <= 5, `${failed} errors before: three, and what was on its way`);
  assert.ok((await statuses(NEAR, 40)).every((status) => status === 200));
  const others = (await statuses(FAR, 40)).filter((status) => status === 500).length;
  assert.ok(others > 5, `${others} of 40 still go there`);
});

behaves(
  "caught: a rule in the namespace of the called one, which its caller's sidecar does not look into",
  async () => {
    const rule = rules.find(({ metadata }) => metadata.name.startsWith(`${FAR}.`))!;
    await lab.client.remove(referenceTo(rule));
    await lab.client.apply({
      ...rule,
      metadata: { ...rule.metadata, namespace: workloads.get(CALLED)!.namespace },
    });
    await until("Istio's own timeout", async () => (await clusterOf(FAR, CALLED))?.connectTimeout === "10s", {
      seconds: PATIENCE,
    });
    record({
      consumer: "istiod and Envoy",
      version: `${packages.get("istio")!.version}, ${packages.get("envoy")!.version}`,
      judged:
        "what two callers of one service say of connections and outliers: each in its own sidecar's clusters, a canary's two Services alike, and a pod that keeps failing ejected for the caller that says so alone",
      count: rules.length,
      level: "behaved",
    });
  },
);

test.run();
