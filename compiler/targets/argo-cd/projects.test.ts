import glob from "fast-glob";
import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { everything as everyField } from "../../../scripts/everything/everything.ts";
import { base } from "../../../test/errors/base.ts";
import { projectTopology, topologyOf } from "../../../test/support/topology.ts";
import { emit } from "../../5-emit/index.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { targets } from "../registry.ts";
import { selectTargets } from "../../5-emit/select.ts";
import { addonsOn } from "../../facts/addons.ts";
import { groupOf, kindsAmong } from "../../facts/kinds.ts";
import { library } from "../../../test/support/emit.ts";
import { applicationOf, emitted, fileOf, objectsOf, type Application, type Project } from "./test/emitted.ts";

const test = suite("argo-cd projects");
const topology = await projectTopology();
const projects = (cluster: string, options = {}) =>
  fileOf(emitted(topology, options), `generated/clusters/${cluster}/argocd/projects.yaml`) as Project[];
const project = (cluster: string, name: string, options = {}) =>
  projects(cluster, options).find(({ metadata }) => metadata.name === name)!;

/** Everything that all targets write. */
const everything = emit(topology, selectTargets(targets, undefined), library).artifacts;
const { clusterKinds } = topology.platform;
/** Of charts, and of every add-on. */
const kindsOfWorkloads = [
  ...topology.platform.workloadKinds,
  ...topology.platform.addons.flatMap(({ workloadKinds = [] }) => workloadKinds),
];
const admits = (
  kinds: readonly { group: string; kind: string }[],
  { apiVersion, kind }: { apiVersion: string; kind: string },
) => kinds.some((entry) => entry.group === groupOf(apiVersion) && (entry.kind === kind || entry.kind === "*"));

test("a team's project: its repository, its namespace, its kinds", () => {
  const { spec } = project("cluster-paris", "shop");
  assert.equal(spec.sourceRepos, ["https://github.com/acme/ultimate.git"]);
  assert.equal(spec.destinations, [{ server: "https://kubernetes.default.svc", namespace: "shop" }]);
  assert.equal(spec.clusterResourceWhitelist, []);
  assert.equal(spec.namespaceResourceWhitelist, kindsAmong(kindsOfWorkloads), "with every add-on there");
});

test("kinds of an add-on that a cluster does without are not admitted there", () => {
  const kinds = project("cluster-amsterdam", "shop").spec.namespaceResourceWhitelist!.map(({ kind }) => kind);
  assert.equal(
    [
      kinds.includes("Schedule"),
      kinds.includes("EnvoyFilter"),
      kinds.includes("VirtualService"),
      kinds.includes("Rollout"),
    ],
    [false, false, true, true],
  );
});

test("a team without workloads on a cluster has no project there", () => {
  assert.equal(
    projects("cluster-amsterdam").map(({ metadata }) => metadata.name),
    ["default", "platform-addons", "shop"],
  );
});

test("the default project admits nothing", () => {
  const { spec } = project("cluster-paris", "default");
  assert.equal([spec.sourceRepos, spec.destinations, spec.clusterResourceWhitelist], [[], [], []]);
});

test("the add-ons' project: the repositories and namespaces of this cluster's add-ons", () => {
  const { spec } = project("cluster-amsterdam", "platform-addons");
  assert.not.ok(
    spec.sourceRepos.some((url) => url.includes("flux") || url.includes("chaos")),
    "not those of other clusters",
  );
  assert.not.ok(spec.destinations.some(({ namespace }) => namespace === "*" || namespace === "flux-system"));
  assert.ok(
    spec.destinations.some(({ namespace }) => namespace === "kube-system"),
    "for the mesh's node agents",
  );
});

test("every Application's repositories and namespace are those of its project", () => {
  for (const cluster of topology.clusters) {
    for (const { name } of [
      ...addonsOn(topology, cluster).map((addon) => ({ name: `platform-${addon.name}` })),
      ...topology.workloads.filter((workload) => workload.cluster.name === cluster.name),
    ]) {
      const { spec } = applicationOf(emitted(topology), cluster.name, name) as Application;
      const admitted = project(cluster.name, spec.project).spec;
      for (const { repoURL } of spec.sources) assert.ok(admitted.sourceRepos.includes(repoURL), `${name}: ${repoURL}`);
      assert.ok(
        admitted.destinations.some(({ namespace }) => namespace === spec.destination.namespace),
        `${name}: ${spec.destination.namespace}`,
      );
    }
  }
});

test("a team's project admits what targets write for workloads", () => {
  for (const workload of topology.workloads) {
    const { spec } = project(workload.cluster.name, workload.team.name);
    for (const object of objectsOf(everything.filter(({ path }) => path.startsWith(`${workload.path}/`)))) {
      assert.ok(
        admits(spec.namespaceResourceWhitelist!, object),
        `${workload.path}: ${object.apiVersion} ${object.kind}`,
      );
    }
  }
});

test("a team's project admits what the charts render, and both together are all that it admits", () => {
  const text = glob
    .sync("helm-library/*/templates/*", { cwd: PACKAGE_ROOT, absolute: true })
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const rendered = [...text.matchAll(/^apiVersion: (\S+)\nkind: (\S+)$/gm)].map(([, apiVersion, kind]) => ({
    apiVersion: apiVersion!,
    kind: kind!,
  }));
  // CronJob and Job share a template that chooses the kind.
  const chosen = [...text.matchAll(/kind: .*"(CronJob)".*"(Job)"|kind: (CronJob|Job)/g)]
    .flatMap((match) => match.slice(1).filter(Boolean))
    .map((kind) => ({ apiVersion: "batch/v1", kind }));
  for (const object of [...rendered, ...chosen])
    assert.is(admits(kindsOfWorkloads, object), object.kind !== "DaemonSet", `${object.apiVersion} ${object.kind}`);
  // The reference says nothing of how services connect.
  const ofEveryField = emit(topologyOf(everyField), selectTargets(targets, undefined), library).artifacts;
  const written = [...everything, ...ofEveryField].filter(({ path }) => path.includes("/services/"));
  const made = [...rendered, ...chosen, ...objectsOf(written)];
  const unused = kindsOfWorkloads.filter(
    ({ group, kind }) => !made.some((object) => groupOf(object.apiVersion) === group && object.kind === kind),
  );
  assert.equal(unused, []);
});

test("a team's project admits a pod on each node where a service is a daemon", () => {
  const daemonSet = { apiVersion: "apps/v1", kind: "DaemonSet" };
  assert.ok(admits(topologyOf(everyField).platform.workloadKinds, daemonSet));
  assert.not(admits(topologyOf(base).platform.workloadKinds, daemonSet));
});

test("the add-ons' project admits the cluster-wide objects that targets write for them", () => {
  for (const object of objectsOf(everything.filter(({ path }) => path.includes("/platform/"))).filter(
    ({ metadata }) => metadata.namespace === undefined,
  )) {
    assert.ok(admits(clusterKinds, object), `${object.apiVersion} ${object.kind}`);
  }
});

test("and those with a namespace: policies of networks are in the namespaces of add-ons and of teams", () => {
  for (const { name } of topology.clusters) {
    const { spec } = project(name, "platform-addons");
    assert.is(spec.namespaceResourceWhitelist, undefined, "every kind that has a namespace");
    const open = spec.destinations.map(({ namespace }) => namespace);
    const written = everything.flatMap(({ path, body }) =>
      body.kind === "kubernetes" && path.startsWith(`generated/clusters/${name}/platform/`) ? body.objects : [],
    );
    const policies = written.filter(({ kind }) => kind === "NetworkPolicy");
    assert.ok(policies.length > 10);
    assert.equal(
      written.filter(({ metadata: { namespace } }) => namespace !== undefined && !open.includes(namespace)),
      [],
    );
  }
});

test("a freeze stops the last environment, and leaves people the way", () => {
  const freezes = [{ schedule: "0 0 20 12 *", duration: "14d", reason: "Holidays" }];
  for (const name of ["shop", "platform-addons"]) {
    assert.equal(project("cluster-ultimate", name, { freezes }).spec.syncWindows, [
      {
        kind: "deny",
        schedule: "0 0 20 12 *",
        duration: "1209600s",
        timeZone: "UTC",
        applications: ["*"],
        manualSync: true,
        description: "Holidays",
      },
    ]);
    assert.is(project("cluster-paris", name, { freezes }).spec.syncWindows, undefined, "staging goes on");
  }
});

test("a description that is too long for the field is cut", () => {
  const teams = topology.teams.map((team) => ({ ...team, contact: "💬".repeat(300) }));
  const made = fileOf(
    emitted({ ...topology, teams, workloads: topology.workloads }),
    "generated/clusters/cluster-paris/argocd/projects.yaml",
  );
  for (const { spec } of made as unknown as { spec: { description: string } }[])
    assert.ok([...spec.description].length <= 255);
});

test.run();
