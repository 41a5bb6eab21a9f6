/** The lab's control planes are what the other suites take them for. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { topologyOf } from "../../compiled/index.ts";
import { Client, Refused, type Data } from "../../cluster/client.ts";
import { CONTROL_PLANE, startCluster, type LabCluster } from "../../cluster/index.ts";
import { labSuite } from "../../lab-suite.ts";
import { processesOf } from "../../run.ts";
import { until } from "../../until.ts";

const test = labSuite("lab: control planes", CONTROL_PLANE);

const { clusters } = await topologyOf("", ["clusters"]);
const [amsterdam, , ultimate] = clusters;
let labs: LabCluster[];
test.after(async () => {
  for (const lab of labs ?? []) await lab.stop();
});

test("several are up side by side, each with the nodes of its cluster's pools", async () => {
  labs = await Promise.all([
    startCluster({ cluster: amsterdam, crds: [] }),
    startCluster({ cluster: ultimate, nodes: "max", crds: [] }),
  ]);
  const [small, large] = await Promise.all(labs.map(({ client }) => client.list("v1", "Node")));
  assert.is(small!.length, 3);
  assert.is(large!.length, 11);
  const { metadata, spec, status } = small![0];
  assert.is(metadata.labels["node.kubernetes.io/instance-type"], "Standard_D4s_v5");
  assert.is(metadata.labels["topology.kubernetes.io/zone"], "westeurope-1");
  assert.is(status.capacity.cpu, "4");
  assert.not(spec.taints);
  const spot = large!.filter(({ metadata }) => metadata.labels["cloud.google.com/gke-spot"] === "true");
  assert.equal(
    new Set(spot.map(({ status }) => `${status.capacity.cpu} ${status.allocatable.cpu}`)),
    new Set(["2 940m"]),
  );
});

const template = (labels: Data, extra: Data = {}): Data => ({
  metadata: { labels },
  spec: { containers: [{ name: "main", image: "registry.example/main:1", ...extra.container }], ...extra.spec },
});

test("controllers, scheduler, volumes and nodes work together", async () => {
  const { client } = labs[0]!;
  const metadata = (name: string): Data => ({ name, namespace: "default" });
  const labels = { app: "web" };
  await client.apply({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: metadata("web"),
    spec: { replicas: 2, selector: { matchLabels: labels }, template: template(labels) },
  });
  await client.apply({
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: metadata("store"),
    spec: {
      serviceName: "store",
      selector: { matchLabels: { app: "store" } },
      template: template({ app: "store" }, { container: { volumeMounts: [{ name: "data", mountPath: "/data" }] } }),
      volumeClaimTemplates: [
        {
          metadata: { name: "data" },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
        },
      ],
    },
  });
  await client.apply({
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: metadata("once"),
    spec: { template: template({ app: "once" }, { spec: { restartPolicy: "Never" } }) },
  });
  const find = (apiVersion: string, kind: string, name: string) => ({ apiVersion, kind, name, namespace: "default" });
  await client.waitFor(
    find("apps/v1", "Deployment", "web"),
    ({ status }) => status?.availableReplicas === 2,
    "available",
  );
  await client.waitFor(find("apps/v1", "StatefulSet", "store"), ({ status }) => status?.readyReplicas === 1, "ready");
  await client.waitFor(find("batch/v1", "Job", "once"), ({ status }) => status?.succeeded === 1, "complete");
  const claim = await client.get(find("v1", "PersistentVolumeClaim", "data-store-0"));
  assert.is(claim.status.phase, "Bound");
  assert.is(claim.spec.storageClassName, "default");
});

test("a service account has the rights of its roles, and no more", async () => {
  const { client, kubeconfigAs } = labs[0]!;
  const account = "system:serviceaccount:default:reader";
  await client.apply({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "reader", namespace: "default" } });
  await client.apply({
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "reader" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
    subjects: [{ kind: "ServiceAccount", name: "reader", namespace: "default" }],
  });
  const reader = client.as(account);
  await until("may read", async () => (await reader.list("v1", "Pod")).length > 0);
  const refusal = await reader.list("v1", "Secret").catch((error: Error) => error);
  assert.ok(refusal instanceof Refused && refusal.status === 403);
  assert.is(JSON.parse(readFileSync(kubeconfigAs(account), "utf8")).users[0].user.as, account);
  const stranger = new Client({ ...labs[0]!.access, token: "of nobody" });
  assert.is((await stranger.request("GET", "/api/v1/pods")).status, 401);
});

test("a stopped one leaves nothing running", async () => {
  const [{ run, stop }] = labs as [LabCluster];
  assert.is(processesOf(run).length, CONTROL_PLANE.length);
  await stop();
  assert.equal(processesOf(run), []);
});

/** The command, with runs of its own: those of the machine's user are let be. */
const lab = (...args: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", fileURLToPath(new URL("../../cli.ts", import.meta.url)), ...args], {
    cwd: PACKAGE_ROOT,
    encoding: "utf8",
    env: { ...process.env, TMPDIR: labs[1]!.run.folder },
  });

test("`up` leaves one running, and `down` ends it", async () => {
  const up = lab("up", "cluster-paris");
  assert.is(up.status, 0, up.stderr);
  const [, kubeconfig] = /^export KUBECONFIG=(\S+)$/m.exec(up.stdout)!;
  const { clusters, users } = JSON.parse(readFileSync(kubeconfig!, "utf8"));
  const client = new Client({
    url: clusters[0].cluster.server,
    ca: Buffer.from(clusters[0].cluster["certificate-authority-data"], "base64").toString(),
    token: users[0].user.token,
  });
  assert.is((await client.list("v1", "Node")).length, 3);
  assert.ok(await client.knows("argoproj.io/v1alpha1", "Rollout"));
  assert.ok(await client.knows("infra.contrib.fluxcd.io/v1alpha2", "Terraform"));
  client.close();
  assert.match(lab("up", "cluster-paris").stderr, /cluster-paris is up already/);
  const down = lab("down");
  assert.is(down.stdout.trim(), "cluster-paris: 5 processes ended");
  assert.not(existsSync(kubeconfig!));
});

test.run();
