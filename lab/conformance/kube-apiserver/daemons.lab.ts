/** Daemons as the chart writes them: a real controller puts one pod on each node that they are for, and on no other. */
import { load } from "js-yaml";
import * as assert from "uvu/assert";
import { outputOf } from "../../compiled/index.ts";
import { Refused, type Data } from "../../cluster/client.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { until } from "../../until.ts";
import { Charts, NAMESPACE } from "../helm/charts.ts";
import { KUBERNETES } from "../../delivery/index.ts";

const test = labSuite("kube-apiserver: a pod on each node", [...CONTROL_PLANE, "helm"]);

const SERVICE = /\/services\/(collector|scratch|warmer)\/values\.yaml$/;
const { topology, files } = await outputOf("test/samples/daemon", { views: ["clusters"], files: SERVICE });
const [cluster] = topology.clusters;

/** What the nodes are called: the cluster, the pool, a number. */
const POOLS = ["one-batch", "one-main"] as const;
const WANTED: Readonly<Record<string, readonly string[]>> = {
  collector: ["one-main"],
  scratch: ["one-batch"],
  warmer: POOLS,
};

let lab: LabCluster;
let charts: Charts;
test.before(async () => {
  charts = new Charts();
  lab = await startCluster({ cluster: cluster!, nodes: "max", crds: [] });
  await lab.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } });
  await lab.client.apply({
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name: "eco-compile-high" },
    value: 1000,
  });
});
test.after(async () => {
  charts?.remove();
  await lab?.stop();
});

const valuesOf = (name: string): Data => load([...files].find(([path]) => path.includes(`/${name}/`))![1]);
const daemonSet = (name: string) => ({ apiVersion: "apps/v1", kind: "DaemonSet", namespace: NAMESPACE, name });
const nodesIn = async (): Promise<string[]> =>
  (await lab.client.list("v1", "Node")).map(({ metadata }) => metadata.name);
const nodesWith = async (name: string): Promise<string[]> =>
  (await lab.client.list("v1", "Pod"))
    .filter(({ metadata, spec }) => metadata.labels["app.kubernetes.io/name"] === name && spec.nodeName !== undefined)
    .map(({ spec }) => spec.nodeName as string)
    .sort();

for (const [name, pools] of Object.entries(WANTED))
  test(`${name}: a pod on each node of ${pools.join(" and ")}, and on no other`, async () => {
    for (const object of charts.render("daemon", valuesOf(name)).objects) await lab.client.apply(object);
    const wanted = (await nodesIn()).filter((node) => pools.some((pool) => node.startsWith(pool))).sort();
    await until(`${name} is on ${wanted.length} nodes`, async () => {
      const { status } = await lab.client.get(daemonSet(name));
      return status?.numberReady === wanted.length && status.desiredNumberScheduled === wanted.length;
    });
    assert.equal(await nodesWith(name), wanted);
  });

test("its Service leads to the caller's own node", async () => {
  const { spec } = await lab.client.get({ apiVersion: "v1", kind: "Service", namespace: NAMESPACE, name: "collector" });
  assert.is(spec.internalTrafficPolicy, "Local");
  record({
    consumer: "kube-apiserver",
    version: `v${KUBERNETES}`,
    judged: "DaemonSets of the chart: the controller put a pod on each node of the pools that they are for",
    count: Object.keys(WANTED).length,
    level: "reconciled",
  });
});

test("caught: both shares of an update, as rollouts/surge-and-unavailable says", async () => {
  const values = valuesOf("warmer");
  const both = { ...values, updateStrategy: { ...values.updateStrategy, maxSurge: "10%" } };
  const object = charts.render("daemon", both).objects.find(({ kind }) => kind === "DaemonSet")!;
  const refusal = await lab.client.apply(object).catch((error: Error) => error);
  assert.ok(refusal instanceof Refused && refusal.status === 422, String(refusal));
});

test("caught: a taint that is not tolerated", async () => {
  const { tolerations: _, ...values } = valuesOf("warmer");
  const object = charts.render("daemon", { ...values, name: "shy" }).objects.find(({ kind }) => kind === "DaemonSet")!;
  await lab.client.apply(object);
  const wanted = (await nodesIn()).filter((node) => node.startsWith("one-main")).sort();
  await until("it is on the nodes without taints", async () => (await nodesWith("shy")).length >= wanted.length);
  assert.equal(await nodesWith("shy"), wanted);
});

test.run();
