/** What is held against each cluster of an ecosystem, in a control plane of its own. */
import * as assert from "uvu/assert";
import { topologyOf } from "../../compiled/index.ts";
import type { Addons, Cluster } from "../../compiled/views.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import { deliver, KUBERNETES, rootObjects, type Delivered, type Sync } from "../../delivery/index.ts";
import { labSuite, withTool } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { inject, injectionOf, meshed, sidecarsIn, tryPod, withoutCni } from "./injection.ts";
import { handedOn } from "./handed-on.ts";
import { allEarly, applyOne, applySync, bootstrap, sharedIn, type Finding } from "./judge.ts";
import { misspellingsOf, unnoticed } from "./misspelt.ts";
import { playControllers, waitForPods } from "./pods.ts";

/** Whose schemas we wrote ourselves: the API server holds objects to our reading of the upstream reference. */
const OUR_SCHEMAS = new Set(["infra.contrib.fluxcd.io/v1alpha2", "source.toolkit.fluxcd.io/v1"]);

/** Upstream charts that are in no Go module: what they make of our values is seen in part. */
const NOWHERE = new Set(["argo-cd", "argo-rollouts", "flux2", "keda", "kube-prometheus-stack", "tofu-controller"]);

/** What pods are made of; a Rollout's are made of its Deployment's template. */
const WORKLOADS = new Set(["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job"]);

export async function judgeEcosystem(name: string, project: string): Promise<void> {
  const { clusters, addons } = await topologyOf(project, ["clusters", "addons"]);
  for (const cluster of clusters) judgeCluster(`${name}/${cluster.name}`, addons, cluster, project);
}

function judgeCluster(title: string, addons: Addons, cluster: Cluster, project: string): void {
  const test = labSuite(`kube-apiserver: ${title}`, [...CONTROL_PLANE, "helm"]);
  let lab: LabCluster;
  const syncs: Sync[] = [];
  const early = allEarly();
  test.after(() => lab?.stop());

  test("a control plane like it comes up", async () => {
    lab = await startCluster({ cluster, nodes: "max" });
    await bootstrap(lab.client, cluster, early);
  });

  test("every object is admitted in the order of the waves, with no unknown field and no warning", async () => {
    const findings: Finding[] = [];
    for (const sync of deliver(rootObjects(cluster, project))) {
      syncs.push(sync);
      findings.push(...(await applySync(lab.client, sync, early)));
    }
    findings.push(...sharedIn(syncs));
    assert.is(say(findings), "");
    recordObjects(title, syncs);
  });

  test("caught: objects before the add-on that brings their kinds", async () => {
    const all = allEarly();
    const objects = syncs
      .flatMap((sync) => sync.objects)
      .filter(({ object }) => all.has(`${object.apiVersion} ${object.kind}`));
    const findings = await applySync(lab.client, { application: "none", objects, absentCharts: [] }, all);
    assert.ok(objects.length > 0 && findings.length === objects.length);
  });

  test("what charts that no registry has would hand on of their values is admitted", async () => {
    const absent = syncs.flatMap(({ absentCharts }) => absentCharts);
    assert.equal(
      absent.map(({ chart }) => chart).filter((chart) => !NOWHERE.has(chart)),
      [],
    );
    const parts = absent.map(handedOn);
    for (const [index, { chart }] of absent.entries())
      assert.ok(parts[index]!.length > 0, `nothing of ${chart}'s values`);
    const findings = await Promise.all(parts.flat().map((part) => applyOne(lab.client, part, true)));
    assert.is(say(findings.flat()), "");
    record(
      {
        consumer: "kube-apiserver",
        version: `v${KUBERNETES}`,
        judged: `${title}: parts of values as their charts hand them on (${absent.map(({ chart }) => chart).join(", ")})`,
        count: parts.flat().length,
        level: "schema",
        verdict: "passed; the charts themselves are in no registry",
      },
      absent.map(({ file }) => file),
    );
  });

  test("applied once more, nothing changes hands and nothing is immutable", async () => {
    const findings: Finding[] = [];
    for (const sync of syncs) findings.push(...(await applySync(lab.client, sync, early)));
    assert.is(say(findings), "");
  });

  test("caught: every key that is written anywhere in these objects, misspelt", async () => {
    const misspellings = misspellingsOf(
      syncs.flatMap(({ objects }) => objects).filter(({ origin }) => origin !== "upstream"),
    );
    assert.ok(misspellings.length > 300);
    assert.equal(await unnoticed(lab.client, misspellings), []);
    record({
      consumer: "kube-apiserver",
      version: `v${KUBERNETES}`,
      judged: `${title}: each key that a compiled or chart object has, misspelt in turn and refused`,
      count: misspellings.length,
      level: "admitted",
    });
  });

  test("every pod is admitted by Pod Security and finds a node of the config's pools", async () => {
    await playControllers(lab.client);
    const { count, missing } = await waitForPods(lab.client, 60);
    assert.is(missing.map(({ owner, pods, why }) => [`${owner}: ${pods}`, ...why].join("\n  ")).join("\n"), "");
    assert.ok(count > 0);
    const workloads = syncs.flatMap(({ objects }) => objects).filter(({ object }) => WORKLOADS.has(object.kind));
    record({
      consumer: "kube-controller-manager and kube-scheduler",
      version: `v${KUBERNETES}`,
      judged: `${title}: workloads, whose pods are made of their templates, admitted in namespaces with Pod Security, and given a node of the pools' size`,
      count: workloads.length,
      level: "reconciled",
    });
  });

  // A cluster without a mesh has none of its pods.
  const meshTest = addons.some((addon) => addon.cluster === cluster.name && addon.name === "istiod")
    ? withTool(test, "istioctl")
    : undefined;
  meshTest?.("every pod with a sidecar is admitted by Pod Security", async () => {
    const injected = inject(meshed(syncs), injectionOf(syncs));
    assert.ok(injected.length > 0);
    for (const each of injected)
      assert.equal(sidecarsIn(each).sort(), ["istio-proxy", "istio-validation"], each.object.metadata.name);
    const findings = await Promise.all(injected.map((each) => tryPod(lab.client, each)));
    assert.is(say(findings.flat()), "");
    record({
      consumer: "kube-apiserver",
      version: `v${KUBERNETES}`,
      judged: `${title}: pods with the sidecar that \`istioctl kube-inject\` gives them, admitted in namespaces with Pod Security (istio-cni)`,
      count: injected.length,
      level: "admitted",
    });
  });
  meshTest?.("caught: pods that would set up the mesh's network themselves", async () => {
    const injected = inject(meshed(syncs), withoutCni(injectionOf(syncs)));
    for (const each of injected)
      assert.match(say(await tryPod(lab.client, each)), /violates PodSecurity "restricted:.*istio-init/s);
  });

  test.run();
}

const say = (findings: readonly Finding[]): string => findings.map(({ file, text }) => `${file}\n  ${text}`).join("\n");

function recordObjects(title: string, syncs: readonly Sync[]): void {
  const all = syncs.flatMap(({ objects }) => objects);
  const server = { consumer: "kube-apiserver", version: `v${KUBERNETES}` };
  const rows = (
    judged: readonly Delivered[],
    row: { judged: string; level: "admitted" | "schema"; verdict?: string },
  ): void => {
    if (judged.length > 0)
      record(
        { ...server, ...row, judged: `${title}: ${row.judged}`, count: judged.length },
        judged.map(({ file }) => file),
      );
  };
  const ours = all.filter(({ origin }) => origin !== "upstream");
  const how = "applied in the order of their waves: no unknown field, no warning";
  rows(
    ours.filter(({ object }) => !OUR_SCHEMAS.has(object.apiVersion)),
    { judged: `compiled and chart objects, ${how}`, level: "admitted" },
  );
  rows(
    ours.filter(({ object }) => OUR_SCHEMAS.has(object.apiVersion)),
    {
      judged: "Terraform and GitRepository objects",
      level: "schema",
      verdict: "passed a schema of our own, written from the upstream reference",
    },
  );
  rows(
    all.filter(({ origin }) => origin === "upstream"),
    {
      judged: `what upstream charts make of our values (${upstreamOf(syncs)}), ${how}`,
      level: "admitted",
      verdict: "passed, but for an annotation of istio-cni's chart that is deprecated",
    },
  );
}

const upstreamOf = (syncs: readonly Sync[]): string =>
  syncs
    .filter(({ objects }) => objects.some(({ origin }) => origin === "upstream"))
    .map(({ application }) => application.replace("platform-", ""))
    .join(", ");
