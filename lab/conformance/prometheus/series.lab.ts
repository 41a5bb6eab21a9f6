/**
 * What services tell of themselves, from the config to a series: the real operator makes the scrape configuration of the
 * compiled PodMonitors, and the real Prometheus asks pods that run, those of the mesh through the real agent.
 */
import { spawnSync } from "node:child_process";
import * as assert from "uvu/assert";
import {
  applicationSelector,
  applicationVersionSelector,
  sloQuery,
  workloadSelector,
} from "../../../compiler/facts/queries.ts";
import { outputOf } from "../../compiled/index.ts";
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import { customResourceDefinitions } from "../../cluster/crds.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import { runHere, scrapesFor, startPrometheusOperator } from "../../components/prometheus-operator.ts";
import { startPrometheus, type Prometheus } from "../../components/prometheus.ts";
import { withoutPodNetwork } from "../../components/pod-network.ts";
import { startPods, type RunningPods } from "../../components/running-pods.ts";
import { applicationOf, objectsIn, objectsOf } from "../../delivery/applications.ts";
import { ChartRenderer, contentOf, KUBERNETES, type Delivered } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { tool } from "../../toolchain/index.ts";
import { until } from "../../until.ts";
import { saySkipped } from "../../../test/support/run-files.ts";
import { objectsFor } from "../argo-rollouts/compiled.ts";
import { inject, injectionOf } from "../kube-apiserver/injection.ts";
import { SERVICES, type Name } from "./own-metrics.ts";

const NAME = "prometheus: what services tell of themselves";
const test = labSuite(NAME, [
  ...CONTROL_PLANE,
  ...["helm", "istioctl", "pilot-agent", "envoy", "prometheus", "prometheus-operator"],
]);
const why = withoutPodNetwork();
if (why !== undefined && process.env["CI"] === "true") throw new Error(why);
if (why !== undefined) saySkipped(NAME, why);
const behaves = why === undefined ? test : test.skip;

const CLUSTER = "cluster-paris";
const NAMESPACE = "shop";

/** Pods that run, with the share of its work that each gets done. */
const PODS: readonly { name: string; of: Name; version?: string; done: number }[] = [
  { name: "orders-old", of: "orders", version: "old", done: 0.5 },
  { name: "orders-new", of: "orders", version: "new", done: 0.95 },
  { name: "invoices", of: "invoices", done: 0.1 },
  { name: "ledger-0", of: "ledger", done: 0.8 },
  { name: "agent", of: "agent", done: 0.7 },
  { name: "report", of: "report", done: 0.6 },
];
const METRICS = { port: 9103, path: "/own/metrics" };

/** As the chart makes it of our values: https://github.com/prometheus-community/helm-charts/tree/kube-prometheus-stack-88.5.3 */
const PROMETHEUS: KubernetesObject = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "Prometheus",
  metadata: { name: "prometheus-prometheus", namespace: "monitoring" },
  spec: {
    version: "v3.14.0",
    replicas: 1,
    podMonitorSelector: {},
    podMonitorNamespaceSelector: {},
  },
};

let lab: LabCluster;
let pods: RunningPods;
let prometheus: Prometheus;
let scrapes: Data[];
let query: string;
const ends: (() => unknown)[] = [];

const FILES =
  /^generated\/clusters\/cluster-paris\/(services\/(orders|invoices|ledger|agent|report)\/.*|argocd\/applications\/.*|platform\/(namespaces|prometheus)\/manifests\/.*)$/;

test.before(async () => {
  if (why !== undefined) return;
  const compiled = await outputOf("", {
    views: ["clusters", "workloads"],
    files: FILES,
    variant: new URL("./own-metrics.ts", import.meta.url),
  });
  const cluster = compiled.topology.clusters.find(({ name }) => name === CLUSTER)!;
  lab = await startCluster({
    cluster,
    nodes: "max",
    crds: customResourceDefinitions(["github.com/prometheus-operator/prometheus-operator"]),
  });
  const { client, run, kubeconfig } = lab;
  const written = (file: string) => objectsOf(compiled.files.get(`${cluster.path}/${file}`)!);
  for (const object of written("platform/namespaces/manifests/namespaces.yaml"))
    if (object.kind === "Namespace") await client.apply(object, { force: true });

  const charts = new ChartRenderer(KUBERNETES);
  const istiod = objectsIn(`${cluster.path}/argocd`).find(
    ({ object }) => object.kind === "Application" && object.metadata.name === "platform-istiod",
  )!;
  const injection = injectionOf([contentOf(applicationOf(istiod), charts)]);
  pods = await startPods(run);
  ends.push(() => pods.stop());
  for (const name of SERVICES) {
    const workload = compiled.topology.workloads.find((each) => each.name === name && each.cluster.name === CLUSTER)!;
    const objects = objectsFor(workload, compiled, charts);
    for (const object of objects) if (object.kind === "ServiceAccount") await client.apply(object);
    const owner = objects.find(({ kind }) => TEMPLATED.has(kind))!;
    const delivered: Delivered = { object: owner, file: "", origin: "chart", namespace: NAMESPACE };
    const isMeshed = templateOf(owner).metadata.labels["sidecar.istio.io/inject"] === "true";
    const [{ object }] = (isMeshed ? inject([delivered], injection) : [delivered]) as [Delivered];
    for (const { name: pod, version, done } of PODS.filter(({ of }) => of === name)) {
      await client.create(podOf(object, pod, version));
      const running = await client.waitFor(
        { apiVersion: "v1", kind: "Pod", namespace: NAMESPACE, name: pod },
        ({ status }) => status?.phase === "Running" && status.podIP,
        "runs",
      );
      await pods.start({ pod: running, metrics: METRICS, done });
    }
  }
  const gate: Data = written("services/orders/manifests/analysis.yaml").find(
    ({ metadata }) => metadata.name === "orders-gate",
  )!;
  query = gate.spec.metrics[0].provider.prometheus.query;

  const operator = await startPrometheusOperator(lab);
  ends.push(() => operator.stop());
  const monitors = [...compiled.files]
    .filter(([path]) => /\/(pod-monitors|metrics)\.yaml$/.test(path))
    .flatMap(([, text]) => objectsOf(text));
  for (const object of [PROMETHEUS, ...monitors]) await client.apply(object);
  assert.is(monitors.length, 3, "the proxies', and one each of what is stateful and of the job");
  scrapes = await scrapesFor(client, PROMETHEUS, monitors.length);
  prometheus = await startPrometheus(run, { scrapes: runHere(scrapes, { kubeconfig, proxy: pods.url }) });
  ends.push(() => prometheus.stop());
  await until(
    "every pod is scraped, more than once",
    async () => (await prometheus.query("count_over_time(work_total[1m]) > 5")).length === PODS.length,
    { seconds: 90, instead: async () => prometheus.query("up") },
  );
});
test.after(async () => {
  for (const end of ends.reverse()) await end();
  await lab?.stop();
});

const TEMPLATED = new Set(["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"]);
const templateOf = ({ kind, spec }: Data): Data =>
  kind === "CronJob" ? spec.jobTemplate.spec.template : spec.template;

/**
 * A pod as its controller would make it: of the template, with a volume for each claim. Argo Rollouts puts the hash of
 * the version on it.
 */
function podOf(owner: Data, name: string, version: string | undefined): KubernetesObject {
  const { metadata, spec } = templateOf(owner);
  const labels = { ...metadata.labels, ...(version === undefined ? {} : { "rollouts-pod-template-hash": version }) };
  const claims: Data[] = owner.spec.volumeClaimTemplates ?? [];
  const volumes = [...(spec.volumes ?? []), ...claims.map(({ metadata }) => ({ name: metadata.name, emptyDir: {} }))];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, name, namespace: NAMESPACE, labels },
    spec: { ...spec, volumes },
  };
}

const version = (): string =>
  /version ([\d.]+)/.exec(spawnSync(tool("prometheus")!, ["--version"], { encoding: "utf8" }).stdout)![1]!;

/** The value of a question that has one; undefined where it has none. */
async function ask(question: string): Promise<number | undefined> {
  const answer = await prometheus.query(question);
  return answer.length === 0 ? undefined : Number(answer[0]!.value[1]);
}

const near = (actual: number | undefined, wanted: number, what: string): void =>
  assert.ok(actual !== undefined && Math.abs(actual - wanted) < 0.03, `${what}: ${actual}, not ${wanted}`);

const DONE = {
  name: "done",
  objective: 0.9,
  metric: {
    kind: "query",
    good: { name: "work_done_total", matchers: "" },
    total: { name: "work_total", matchers: "" },
  },
} as const;
const shareOf = (selector: string): Promise<number | undefined> =>
  ask(sloQuery(DONE as never, { selector, window: "30s", minimumRequests: 10 }).query);
const workload = (name: Name) => ({ name, namespace: NAMESPACE });

behaves("each series says whose it is, and which version's", async () => {
  const series = await prometheus.query("work_total");
  const labels = series
    .map(({ metric }) => [
      metric["namespace"],
      metric["pod"],
      metric["app_kubernetes_io_name"],
      metric["rollouts_pod_template_hash"] ?? "",
      metric["exported_namespace"],
    ])
    .sort();
  assert.equal(labels, PODS.map(({ name, of, version = "" }) => [NAMESPACE, name, of, version, "its-own"]).sort());
  record({
    consumer: "Prometheus",
    version: version(),
    judged:
      "metrics that services, daemons, stateful ones and jobs tell of themselves: scraped from processes in pods' networks, those of the mesh through pilot-agent beside Envoy, with the labels that queries ask by",
    count: PODS.length,
    level: "behaved",
  });
});

behaves("what a gate asks is about the version that it is given, and about nobody else", async () => {
  const scoreOf = (hash: string) => ask(query.replaceAll("{{args.version}}", hash));
  // A vote is about a minute of the clock.
  const scores = await until(
    "the first vote of both versions",
    async () => {
      const [fresh, old] = [await scoreOf("new"), await scoreOf("old")];
      return fresh && old ? { fresh, old } : undefined;
    },
    { seconds: 180, every: 2000 },
  );
  assert.ok(scores.fresh < 0, `the new version keeps the objective: ${scores.fresh}`);
  assert.ok(scores.old > 0, `the old version fails half of its work: ${scores.old}`);
  assert.is(await scoreOf("none"), undefined);
  record({
    consumer: "Prometheus",
    version: version(),
    judged: "the query of a gate on an SLO of kind `query`, over series of two versions and of another service",
    count: 3,
    level: "behaved",
  });
});

behaves("each kind's share is its own", async () => {
  for (const { of, done } of PODS.filter(({ version }) => version === undefined))
    near(await shareOf(applicationSelector(workload(of))), done, of);
  near(await shareOf(applicationSelector(workload("orders"))), 0.725, "both versions of orders");
  near(await shareOf(applicationVersionSelector(workload("orders"), "new")), 0.95, "the new version of orders");
});

behaves("caught: the mesh's selector, which no application's series has", async () => {
  assert.is(await shareOf(workloadSelector(workload("orders"))), undefined);
});

behaves("the operator makes a configuration of each compiled PodMonitor, and takes in those of every namespace", () => {
  assert.equal(scrapes.map(({ job_name }) => job_name).sort(), [
    "podMonitor/monitoring/istio-proxies/0",
    "podMonitor/shop/ledger/0",
    "podMonitor/shop/report/0",
  ]);
  record({
    consumer: "prometheus-operator",
    version: packages.get("prometheus-operator")!.version,
    judged: "PodMonitors of the mesh's proxies, of a stateful service and of a job, made into scrape configurations",
    count: scrapes.length,
    level: "reconciled",
  });
});

/** Configurations broken in one way, with which an application's series are missing or nobody's. */
const MUTANTS: readonly { name: string; breaks: (scrape: Data) => void; asks: string; gives: number | undefined }[] = [
  {
    name: "no label of the service",
    breaks: (scrape) =>
      (scrape.relabel_configs = scrape.relabel_configs.filter(
        ({ target_label }: Data) => target_label !== "app_kubernetes_io_name",
      )),
    asks: `sum(work_total{${applicationSelector(workload("orders"))}})`,
    gives: undefined,
  },
  {
    name: "no label of the version",
    breaks: (scrape) =>
      (scrape.relabel_configs = scrape.relabel_configs.filter(
        ({ target_label }: Data) => target_label !== "rollouts_pod_template_hash",
      )),
    asks: `sum(work_total{${applicationVersionSelector(workload("orders"), "new")}})`,
    gives: undefined,
  },
  {
    name: "protobuf, in which Envoy answers between text of the agent and of the application",
    breaks: (scrape) => (scrape.scrape_protocols = ["PrometheusProto", "PrometheusText0.0.4"]),
    asks: `max(up{job="monitoring/istio-proxies",app_kubernetes_io_name="orders"})`,
    gives: 0,
  },
];

for (const [index, { name, breaks, asks, gives }] of MUTANTS.entries())
  behaves(`caught: ${name}`, async () => {
    const broken = structuredClone(scrapes);
    for (const scrape of broken) breaks(scrape);
    const {
      url,
      stop,
      query: asked,
    } = await startPrometheus(lab.run, {
      name: `mutant-${index}`,
      scrapes: runHere(broken, { kubeconfig: lab.kubeconfig, proxy: pods.url }),
    });
    try {
      await until(
        `${url} has scraped`,
        async () => (await asked("count_over_time(up[1m]) > 3")).length === PODS.length,
        {
          seconds: 60,
        },
      );
      const answer = await asked(asks);
      assert.is(answer.length === 0 ? undefined : Number(answer[0]!.value[1]), gives);
    } finally {
      await stop();
    }
  });

behaves("a job that is over is scraped no more, and what it has counted stays", async () => {
  const report = { apiVersion: "v1", kind: "Pod", namespace: NAMESPACE, name: "report" };
  await lab.client.patch(report, { status: { phase: "Succeeded" } }, "status");
  const own = applicationSelector(workload("report"));
  await until("nobody asks the job", async () => (await prometheus.query(`up{${own}}`)).length === 0, { seconds: 60 });
  const counted = await ask(`sum(max_over_time(work_total{${own}}[5m]))`);
  assert.ok(counted !== undefined && counted > 0);
  near(await shareOf(own), 0.6, "the run, in a window that holds its end");
  record({
    consumer: "Prometheus",
    version: version(),
    judged: "a job's metrics: scraped while its pod runs, and not once it is over",
    count: 1,
    level: "behaved",
  });
});

test.run();
