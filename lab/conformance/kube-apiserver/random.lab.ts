/**
 * What random configs that the compiler takes come to is admitted by a real API server, without a warning. `RUNS=300 npm
 * run lab -- test kube-apiserver` for the objects of more configs, `SEED=2` for others.
 */
import * as assert from "uvu/assert";
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import { startCluster, CONTROL_PLANE, type LabCluster } from "../../cluster/index.ts";
import { constraintDefinition } from "../../cluster/constraints.ts";
import { installDefinitions } from "../../cluster/crds.ts";
import { KUBERNETES, type Delivered } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { Charts } from "../helm/charts.ts";
import { cronJob } from "./cron-job.ts";
import { applyOne } from "./judge.ts";
import { randomObjects, schedulesIn } from "./random-objects.ts";

const test = labSuite("kube-apiserver: objects of random configs", [...CONTROL_PLANE, "helm"]);

const RUNS = Number(process.env["RUNS"] ?? 20);
const SEED = Number(process.env["SEED"] ?? 1);
/** As many as the client has connections. */
const AT_ONCE = 8;

let lab: LabCluster;
let charts: Charts;
let all: Delivered[];
test.after(async () => {
  charts?.remove();
  await lab?.stop();
});

const server = { consumer: "kube-apiserver", version: `v${KUBERNETES}`, level: "admitted" as const };

test("a control plane comes up, with the namespaces and the policies' kinds", async () => {
  charts = new Charts();
  all = await randomObjects(charts, SEED, RUNS);
  lab = await startCluster({ name: "random", parts: [], webhooks: false });
  const templates = new Map(
    all
      .filter(({ object }) => object.kind === "ConstraintTemplate")
      .map(({ object }) => [object.metadata.name, object]),
  );
  await installDefinitions(lab.client, [...templates.values()].map(constraintDefinition));
  for (const namespace of namespacesOf(all))
    await lab.client.apply(namespace, { manager: "argocd-controller", force: true });
});

/** As the compiler writes them, since they say what Pod Security warns of; others have only a name. */
function namespacesOf(objects: readonly Delivered[]): KubernetesObject[] {
  const names = new Set(objects.map(({ object, namespace }) => object.metadata.namespace ?? namespace));
  const bare = [...names].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
  const written = objects.map(({ object }) => object).filter(({ kind }) => kind === "Namespace");
  return [...new Map([...bare, ...written].map((one) => [one.metadata.name, one])).values()];
}

/** What the server says of objects that it is only shown. */
async function said(objects: readonly Delivered[]): Promise<string[]> {
  const found: string[] = [];
  const open = [...objects];
  const work = async (): Promise<void> => {
    for (let next = open.pop(); next !== undefined; next = open.pop())
      found.push(...(await applyOne(lab.client, next, true)).map(({ file, text }) => `${file}: ${text}`));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found.sort();
}

test(`every object of ${RUNS} configs is admitted, with no unknown field and no warning`, async () => {
  const kinds = new Set(all.map(({ object }) => object.kind));
  console.log(`${all.length} objects of ${kinds.size} kinds`);
  assert.is((await said(all)).join("\n"), "");
  assert.ok(all.length > 500 && kinds.size > 30);
  record({
    ...server,
    judged:
      "objects of random configs, compiled and of our charts, each shown to the server (dry run): no unknown field, no warning",
    count: all.length,
  });
});

test("every schedule of random configs is one that a CronJob may have", async () => {
  const schedules = schedulesIn(all);
  assert.is((await said(schedules.map(scheduled))).join("\n"), "");
  assert.ok(schedules.length > 5);
  record({
    ...server,
    judged:
      "schedules of random configs (jobs, experiments, triggers), each parsed by robfig/cron, which those who keep them use as well",
    count: schedules.length,
  });
});

const scheduled = (schedule: string): Delivered => ({
  object: cronJob(schedule),
  file: schedule,
  namespace: "default",
  origin: "compiled",
});

test("caught: a schedule that robfig/cron refuses", async () => {
  assert.match((await said([scheduled("0 9 * * 5-7")])).join("\n"), /above maximum \(6\)/);
});

/** An object of a kind, broken. */
function broken(kind: string, breaks: (object: Data) => void): Delivered {
  const found = all.find(({ object }) => object.kind === kind)!;
  const object = structuredClone(found.object) as KubernetesObject;
  breaks(object);
  return { ...found, object };
}

for (const [title, kind, breaks, words] of [
  [
    "a name that is too long for its kind",
    "Service",
    ({ metadata }) => (metadata.name = "n".repeat(64)),
    /no more than 63/,
  ],
  [
    "a label that is too long",
    "Deployment",
    ({ metadata }) => (metadata.labels["app.kubernetes.io/part-of"] = "n".repeat(64)),
    /no more than 63/,
  ],
  ["a field that is not there", "Rollout", ({ spec }) => (spec.replica = 1), /\.spec\.replica/],
] as [string, string, (object: Data) => void, RegExp][]) {
  test(`caught: ${title}`, async () => {
    assert.match((await said([broken(kind, breaks)])).join("\n"), words);
  });
}

test.run();
