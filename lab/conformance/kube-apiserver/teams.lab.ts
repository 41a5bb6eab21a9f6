/** What the compiler counts against a team's quota and limits is what a real API server counts. */
import * as assert from "uvu/assert";
import { outputOf } from "../../compiled/index.ts";
import { Refused, type Data, type KubernetesObject } from "../../cluster/client.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import { objectsOf } from "../../delivery/applications.ts";
import { deliver, KUBERNETES, rootObjects, type Delivered, type Sync } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { until } from "../../until.ts";
import { inject, injectionOf, meshed } from "./injection.ts";
import { CLUSTER, QUOTA, TEAM } from "./team-rules.ts";

const test = labSuite("kube-apiserver: teams", [...CONTROL_PLANE, "helm", "istioctl"]);

const NAMESPACES = new RegExp(`^generated/clusters/${CLUSTER}/platform/namespaces/`);
const RULES = new URL("./team-rules.ts", import.meta.url);
const TOO_SMALL = new URL("./team-rules-too-small.ts", import.meta.url);
const outputWith = (variant: URL) => outputOf("", { views: ["clusters"], files: NAMESPACES, variant });

/** A service as the mesh makes its pods. */
interface Made {
  service: string;
  template: Data;
  replicas: number;
}

let lab: LabCluster;
let made: Made[];
test.after(() => lab?.stop());

const pod = (
  { service, template }: Made,
  suffix: string,
  change: (spec: Data) => void = () => {},
): KubernetesObject => {
  const spec = structuredClone(template["spec"]) as Data;
  change(spec);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...template["metadata"], name: `${service}-${suffix}`, namespace: TEAM },
    spec,
  };
};

const refusal = async (object: KubernetesObject): Promise<string> => {
  try {
    await lab.client.create(object, { dryRun: true });
    return "";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.message;
  }
};

test("the namespace of a team comes up with what the team may have", async () => {
  const { topology, files } = await outputWith(RULES);
  const cluster = topology.clusters.find(({ name }) => name === CLUSTER)!;
  lab = await startCluster({ cluster, crds: [], parts: ["controller-manager"] });
  const written = [...files.values()].flatMap(objectsOf);
  const its = written.filter(
    ({ kind, metadata }) => (kind === "Namespace" ? metadata.name : metadata.namespace) === TEAM,
  );
  assert.equal(
    its.map(({ kind }) => kind),
    ["Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange"],
  );
  for (const object of its) assert.equal((await lab.client.apply(object)).warnings, []);

  const syncs: Sync[] = [...deliver(rootObjects(cluster, ""))];
  for (const { object, namespace } of syncs.flatMap(({ objects }) => objects))
    if (object.kind === "ServiceAccount" && (object.metadata.namespace ?? namespace) === TEAM)
      await lab.client.apply({ ...object, metadata: { ...object.metadata, namespace: TEAM } });
  const deployments = meshed(syncs).filter(({ object }) => object.kind === "Deployment");
  made = inject(deployments, injectionOf(syncs)).map(({ object }) => ({
    service: object.metadata.name,
    template: (object["spec"] as Data).template,
    replicas: fewestPods(syncs, object.metadata.name),
  }));
  assert.equal(made.map(({ service, replicas }) => `${service} ${replicas}`).sort(), ["checkout 2", "storefront 2"]);
});

/** An autoscaler's least, or what the Rollout has. */
function fewestPods(syncs: readonly Sync[], service: string): number {
  const find = (kind: string): Data | undefined =>
    syncs
      .flatMap(({ objects }) => objects)
      .find(({ object }: Delivered) => object.kind === kind && object.metadata.name === service)?.object["spec"];
  return find("HorizontalPodAutoscaler")?.minReplicas ?? find("Rollout")!.replicas;
}

const quota = (): Promise<Data> =>
  lab.client.get({ apiVersion: "v1", kind: "ResourceQuota", name: "team", namespace: TEAM });

test("a quota that the compiler takes holds every pod at the fewest, and is full then", async () => {
  // Until its controller has seen the quota, the server refuses all that it might be about.
  await until("the quota is known", async () => (await quota())["status"]?.hard !== undefined, { seconds: 60 });
  for (const one of made)
    for (let index = 0; index < one.replicas; index++) await lab.client.create(pod(one, `${index}`));
  const { used, hard } = (await quota())["status"];
  assert.equal(used, hard);
  assert.equal(hard, { pods: `${QUOTA.pods}`, "requests.cpu": QUOTA.cpu, "requests.memory": QUOTA.memory });
  record({
    consumer: "kube-apiserver",
    version: `v${KUBERNETES}`,
    judged: `a team's pods with their sidecars, in a namespace with the least quota that the compiler takes, which they fill exactly`,
    count: QUOTA.pods,
    level: "admitted",
  });
});

test("caught: one pod more", async () => {
  assert.match(await refusal(pod(made[0]!, "more")), /exceeded quota: team/);
});

test("caught at compile time: a thousandth of a core less", async () => {
  await rejects(() => outputWith(TOO_SMALL), /teams\/quota-too-small/);
});

test("caught: a container above the limits, which the sidecar keeps exactly", async () => {
  const hard = { pods: "9", "requests.cpu": "9", "requests.memory": "9Gi" };
  await lab.client.patch(
    { apiVersion: "v1", kind: "ResourceQuota", name: "team", namespace: TEAM },
    { spec: { hard } },
  );
  await until("there is more room", async () => (await quota())["status"].hard.pods === hard.pods, { seconds: 60 });
  for (const [resource, amount] of [
    ["cpu", "2001m"],
    ["memory", "1025Mi"],
  ] as const) {
    const above = pod(made[0]!, "above", ({ containers }) => (containers[0].resources.limits[resource] = amount));
    assert.match(await refusal(above), new RegExp(`maximum ${resource} usage per Container`));
  }
});

test("limits: a container that says nothing gets the default, and the server has nothing to add to it", async () => {
  const silent = pod(made[0]!, "silent", (spec) => {
    delete spec["initContainers"];
    spec["containers"] = spec["containers"].filter(({ name }: Data) => name !== "istio-proxy");
    delete spec["containers"][0].resources;
  });
  const { body } = await lab.client.create(silent, { dryRun: true });
  assert.equal(body.spec.containers[0].resources, {
    limits: { cpu: "60m", memory: "40Mi" },
    requests: { cpu: "30m", memory: "40Mi" },
  });
  const range = await lab.client.get({ apiVersion: "v1", kind: "LimitRange", name: "team", namespace: TEAM });
  const { files } = await outputWith(RULES);
  const written = [...files.values()].flatMap(objectsOf).find(({ kind }) => kind === "LimitRange")!;
  assert.equal(range["spec"], written["spec"]);
});

async function rejects(run: () => Promise<unknown>, message: RegExp): Promise<void> {
  let said = "";
  await run().catch((error: Error) => (said = error.message));
  assert.match(said, message);
}

test.run();
