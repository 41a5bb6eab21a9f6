/** The real recommender, with the rights that its chart gives it, recommends for what the compiled objects refer to. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as assert from "uvu/assert";
import { startArgoRollouts } from "../../components/argo-rollouts.ts";
import { playPodMetrics } from "../../components/pod-metrics.ts";
import { outputOf, type Output } from "../../compiled/index.ts";
import type { Workload } from "../../compiled/views.ts";
import { referenceTo, type Data, type KubernetesObject } from "../../cluster/client.ts";
import { customResourceDefinitions } from "../../cluster/crds.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import { neededTool } from "../../cluster/tools.ts";
import { objectsOf } from "../../delivery/applications.ts";
import { ChartRenderer, KUBERNETES } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { freePorts } from "../../ports.ts";
import { startProcess } from "../../process.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { until } from "../../until.ts";
import { temporaryFolder } from "../../../test/support/tree.ts";
import { objectsFor } from "../argo-rollouts/compiled.ts";
import { CLUSTER, PROGRESSIVE } from "./recommended.ts";

const test = labSuite("vertical-pod-autoscaler: what is recommended", [
  ...CONTROL_PLANE,
  "helm",
  "rollouts-controller",
  "recommender",
]);

const PATIENCE = 240;
const ADDON = `generated/clusters/${CLUSTER}/platform/vertical-pod-autoscaler`;
const READ = new RegExp(
  `^(generated/clusters/${CLUSTER}/(services/.*/(values|rollout|analysis|traffic|recommendation)[.]yaml|argocd/applications/.*)|${ADDON}/values[.]yaml)$`,
);
const CRDS = ["k8s.io/autoscaler/vertical-pod-autoscaler", "github.com/argoproj/argo-rollouts", "istio.io/api"];

let lab: LabCluster;
let compiled: Output<"clusters" | "workloads">;
const ends: (() => Promise<unknown>)[] = [];
test.after(async () => {
  for (const end of ends.reverse()) await end();
});

const workload = (name: string): Workload =>
  compiled.topology.workloads.find((each) => each.cluster.name === CLUSTER && each.name === name)!;
const recommendation = (name: string): KubernetesObject =>
  objectsOf(compiled.files.get(`${workload(name).path}/manifests/recommendation.yaml`)!)[0]!;

/** What the chart gives the recommender's account, by the compiled values; its pod is a process here. */
function rights(charts: ChartRenderer): KubernetesObject[] {
  const values = join(temporaryFolder("values"), "values.yaml");
  mkdirSync(dirname(values), { recursive: true });
  writeFileSync(values, compiled.files.get(`${ADDON}/values.yaml`)!);
  const name = "vertical-pod-autoscaler";
  const folder = charts.folderOf({ chart: name })!;
  const objects = objectsOf(charts.helm(["template", name, folder, "--namespace", name, "--values", values]));
  assert.equal(
    objects.filter(({ kind }) => kind === "Deployment").map(({ metadata }) => metadata.name),
    [`${name}-recommender`],
    "nothing that changes pods",
  );
  return objects.filter(({ apiVersion }) => apiVersion.startsWith("rbac."));
}

const targets = async (name: string): Promise<Data | undefined> => {
  const { status } = (await lab.client.get(referenceTo(recommendation(name))))!;
  const containers: Data[] = status?.recommendation?.containerRecommendations ?? [];
  return containers.find(({ containerName }) => containerName === name)?.target;
};

test("workloads that are recommended for run, and so does what recommends", async () => {
  compiled = await outputOf("", {
    views: ["clusters", "workloads"],
    files: READ,
    variant: new URL("./recommended.ts", import.meta.url),
  });
  lab = await startCluster({
    cluster: compiled.topology.clusters.find(({ name }) => name === CLUSTER)!,
    crds: customResourceDefinitions(CRDS),
  });
  ends.push(() => lab.stop());
  const charts = new ChartRenderer(KUBERNETES);
  const controller = await startArgoRollouts(lab);
  ends.push(controller.stop);
  const metrics = await playPodMetrics(lab.client);
  ends.push(metrics.stop);

  const namespaces = ["vertical-pod-autoscaler", workload(PROGRESSIVE).namespace];
  for (const name of namespaces) await lab.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  for (const object of rights(charts)) await lab.client.apply(object);
  for (const object of objectsFor(workload(PROGRESSIVE), compiled, charts)) await lab.client.apply(object);
  await lab.client.apply(recommendation(PROGRESSIVE));

  const [port] = (await freePorts(1)) as [number];
  const account = "system:serviceaccount:vertical-pod-autoscaler:vertical-pod-autoscaler-recommender";
  const recommender = await startProcess(lab.run, {
    name: "recommender",
    command: neededTool("recommender"),
    args: [
      `--kubeconfig=${lab.kubeconfigAs(account)}`,
      `--address=127.0.0.1:${port}`,
      "--recommender-interval=5s",
      "--leader-elect=false",
      "--stderrthreshold=info",
    ],
    ready: async () => (await fetch(`http://127.0.0.1:${port}/health-check`)).ok,
  });
  ends.push(recommender.stop);
});

for (const [name, kind] of [[PROGRESSIVE, "Rollout"]] as const) {
  test(`the pods of a ${kind} get a recommendation, and keep their requests`, async () => {
    assert.is((recommendation(name) as unknown as Data).spec.targetRef.kind, kind);
    await until(`a recommendation for ${name}`, async () => (await targets(name)) !== undefined, {
      seconds: PATIENCE,
      instead: async () => (await lab.client.get(referenceTo(recommendation(name))))?.status ?? "no status",
    });
    const target = (await targets(name))!;
    assert.ok(target.cpu !== undefined && target.memory !== undefined);
    const pods = await lab.client.list("v1", "Pod", {
      namespace: workload(name).namespace,
      labels: { "app.kubernetes.io/name": name },
    });
    assert.ok(pods.length > 0);
    const requests = new Set(
      pods.map(({ spec }) =>
        JSON.stringify(spec.containers.find((each: Data) => each.name === name).resources.requests),
      ),
    );
    assert.is(requests.size, 1);
    assert.not.match([...requests].join(), new RegExp(`"cpu":"${target.cpu}"`));
  });
}

test("caught: a target that there is not", async () => {
  const lost = structuredClone(recommendation(PROGRESSIVE)) as Data;
  lost.metadata.name = "lost";
  lost.spec.targetRef = { ...lost.spec.targetRef, name: "nobody" };
  await lab.client.apply(lost as KubernetesObject);
  await lab.client.waitFor(
    referenceTo(lost as KubernetesObject),
    ({ status }) =>
      status?.conditions?.some(({ type, status: is }: Data) => type === "ConfigUnsupported" && is === "True"),
    "is said to fit nothing",
    { seconds: PATIENCE },
  );
  record(
    {
      consumer: "VPA recommender",
      version: packages.get("vertical-pod-autoscaler")!.version,
      judged:
        "the VerticalPodAutoscaler of a Rollout, with the rights that the chart gives by the compiled values: it gets a recommendation, and the pods keep their requests; how busy they are is played",
      count: 1,
      level: "reconciled",
    },
    [],
  );
});

test.run();
