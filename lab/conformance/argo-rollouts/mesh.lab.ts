/**
 * What the routes of a Rollout do to requests: the real istiod reads them as the real controller leaves them, and a
 * real Envoy sends requests by what istiod made of them. The pods' servers are a test peer.
 */
import { spawnSync } from "node:child_process";
import * as assert from "uvu/assert";
import { startArgoRollouts } from "../../components/argo-rollouts.ts";
import { startIstiod } from "../../components/istiod.ts";
import { PROXY_PORT, startPodNetwork, withoutPodNetwork, type PodNetwork } from "../../components/pod-network.ts";
import { customResourceDefinitions } from "../../cluster/crds.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import { neededTool } from "../../cluster/tools.ts";
import { ChartRenderer, KUBERNETES } from "../../delivery/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { until } from "../../until.ts";
import { saySkipped } from "../../../test/support/run-files.ts";
import {
  compiledFor,
  digestOf,
  filesOf,
  objectsFor,
  progressiveOn,
  released,
  type Compiled,
  type ProgressiveWorkload,
} from "./compiled.ts";
import { Observer } from "./observe.ts";

const NAME = "argo-rollouts: requests in the mesh";
const test = labSuite(NAME, [
  ...CONTROL_PLANE,
  "helm",
  "rollouts-controller",
  "kubectl-argo-rollouts",
  "pilot-discovery",
  "envoy",
]);
const why = withoutPodNetwork();
if (why !== undefined && process.env["CI"] === "true") throw new Error(why);
if (why !== undefined) saySkipped(NAME, why);
const behaves = why === undefined ? test : test.skip;

const PATIENCE = 240;
/** Requests per look: enough that 5 % are never none, and half never all. */
const REQUESTS = 400;

let lab: LabCluster;
let observer: Observer;
let network: PodNetwork;
let compiled: Compiled;
const ends: (() => Promise<unknown>)[] = [];
test.after(async () => {
  for (const end of ends.reverse()) await end();
});

const workload = (name: string): ProgressiveWorkload =>
  progressiveOn(compiled.topology, "cluster-paris").find((each) => each.name === name)!;
const watched = (): ProgressiveWorkload[] => ["recommendations", "storefront"].map(workload);

/** The version that each answer and each copy came to: `stable` or `newest`. */
async function ask(
  name: string,
  method: string,
  count = REQUESTS,
): Promise<{ answered: Record<string, number>; copied: number }> {
  const { newest } = observer.latest(workload(name))!;
  const pods = await lab.client.list("v1", "Pod", { namespace: "shop", labels: { "app.kubernetes.io/name": name } });
  const versions = new Map(
    pods.map(({ metadata, status }) => [
      status?.podIP as string,
      metadata.labels["rollouts-pod-template-hash"] === newest ? "newest" : "stable",
    ]),
  );
  const [before, answered] = [(await network.hits()).length, { stable: 0, newest: 0 } as Record<string, number>];
  for (let sent = 0; sent < count; sent++) {
    const { status, pod } = await network.send(method, `http://${name}.shop.svc.cluster.local/${sent}`);
    assert.is(status, 200);
    answered[versions.get(pod)!]!++;
  }
  const reached = (await network.hits()).slice(before);
  return { answered, copied: reached.filter(({ pod }) => versions.get(pod) === "newest").length - answered["newest"]! };
}

const isAbout = (share: number, wanted: number): boolean => Math.abs(share / REQUESTS - wanted) < 0.1 && share > 0;

behaves("the committed output of a canary and of a shadow come to their first steps", async () => {
  compiled = await compiledFor("");
  lab = await startCluster({
    cluster: compiled.topology.clusters.find(({ name }) => name === "cluster-paris")!,
    crds: customResourceDefinitions(["github.com/argoproj/argo-rollouts", "istio.io/api"]),
  });
  ends.push(() => lab.stop());
  await lab.client.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
  const istiod = await startIstiod(lab, { proxyHttpPort: PROXY_PORT, enableAutoMtls: false });
  ends.push(istiod.stop);
  const controller = await startArgoRollouts(lab);
  ends.push(controller.stop);
  observer = await Observer.start(lab.client, watched());
  ends.push(async () => observer.stop());
  network = await startPodNetwork(lab.run, { namespace: "shop", xds: istiod.xds });
  ends.push(network.stop);

  const charts = new ChartRenderer(KUBERNETES);
  for (const each of watched()) for (const object of objectsFor(each, compiled, charts)) await lab.client.apply(object);
  assert.equal(
    await observer.settle(
      watched(),
      PATIENCE,
      ({ scaling }, { phase, ready, newest }) => phase === "Healthy" && (ready[newest] ?? 0) >= scaling.min,
    ),
    [],
  );
  for (const each of watched())
    for (const object of released(objectsFor(each, compiled, charts), each, digestOf(each.name, 2)))
      if (object.kind === "Deployment") await lab.client.apply(object, { force: true });
  assert.equal(
    await observer.settle(
      watched(),
      PATIENCE,
      (_, { paused, newest, stable }) => newest !== stable && paused.includes("CanaryPauseStep"),
    ),
    [],
  );
});

behaves(
  "shadow: every answer comes from the version before, half of what only reads is copied, and nothing that writes",
  async () => {
    assert.equal(observer.latest(workload("recommendations"))!.mirrors, [50]);
    await until("copies", async () => (await ask("recommendations", "GET", 20)).copied > 0, { seconds: PATIENCE });
    const [reads, writes] = [await ask("recommendations", "GET"), await ask("recommendations", "POST")];
    assert.equal(
      [reads.answered, writes.answered],
      [
        { stable: REQUESTS, newest: 0 },
        { stable: REQUESTS, newest: 0 },
      ],
    );
    assert.ok(isAbout(reads.copied, 0.5), `${reads.copied} of ${REQUESTS} copied`);
    assert.is(writes.copied, 0);
  },
);

behaves("canary: the new version answers its weight", async () => {
  assert.equal(observer.latest(workload("storefront"))!.weights, [5]);
  await until("canary requests", async () => (await ask("storefront", "GET", 100)).answered["newest"]! > 0, {
    seconds: PATIENCE,
  });
  const { answered } = await ask("storefront", "GET");
  assert.ok(isAbout(answered["newest"]!, 0.05), `${answered["newest"]} of ${REQUESTS} by the new version`);
});

behaves("caught: routes for a host that nobody calls, so that neither copies nor weights have an effect", async () => {
  for (const { name, namespace } of watched()) {
    const route = { apiVersion: "networking.istio.io/v1", kind: "VirtualService", name, namespace };
    await lab.client.patch(route, { spec: { hosts: ["elsewhere"] } });
    await until(
      `${name} without routes`,
      async () => {
        const { answered, copied } = await ask(name, "GET", 100);
        return answered["newest"] === 0 && copied === 0;
      },
      { seconds: PATIENCE },
    );
    await lab.client.patch(route, { spec: { hosts: [name] } });
    await until(
      `${name} with routes`,
      async () => {
        const { answered, copied } = await ask(name, "GET", 100);
        return answered["newest"]! + copied > 0;
      },
      { seconds: PATIENCE },
    );
  }
});

behaves("aborted, no request and no copy reaches the new version any more", async () => {
  for (const { name, namespace } of watched()) {
    const { status, stderr } = spawnSync(
      neededTool("kubectl-argo-rollouts"),
      ["abort", name, "--namespace", namespace, "--kubeconfig", lab.kubeconfig],
      { encoding: "utf8" },
    );
    assert.is(status, 0, stderr);
  }
  assert.equal(
    await observer.settle(
      watched(),
      PATIENCE,
      (_, { aborted, weights, mirrors }) => aborted && mirrors.length === 0 && weights.every((weight) => weight === 0),
    ),
    [],
  );
  for (const { name } of watched()) {
    // istiod and Envoy follow within moments.
    await until(
      `${name} back`,
      async () => {
        const { answered, copied } = await ask(name, "GET", 100);
        return answered["newest"] === 0 && copied === 0;
      },
      { seconds: PATIENCE },
    );
    assert.equal(await ask(name, "GET"), { answered: { stable: REQUESTS, newest: 0 }, copied: 0 });
  }
  const files = watched().flatMap((each) => filesOf(each, compiled));
  record(
    {
      consumer: "istiod and Envoy",
      version: `${packages.get("istio")!.version}, ${packages.get("envoy")!.version}`,
      judged:
        "a shadow's copies (half of GET, none of POST), a canary's weight, and their end: requests through Envoy, without mTLS and without Istio's own filters",
      count: 2,
      level: "behaved",
    },
    files,
  );
});

test.run();
