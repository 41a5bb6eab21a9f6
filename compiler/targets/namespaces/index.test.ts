import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectTopology } from "../../../test/support/topology.ts";
import { UNASKED } from "../../../test/support/unasked.ts";
import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import namespaces from "./index.ts";

const test = suite("namespaces");
const topology = await projectTopology();

function objectsOf(cluster: string, given: Topology = topology): readonly KubernetesObject[] {
  const file = namespaces
    .emit(given)
    .find(({ path }) => path === `generated/clusters/${cluster}/platform/namespaces/manifests/namespaces.yaml`)!;
  return file.body.kind === "kubernetes" ? file.body.objects : [];
}
const find = (cluster: string, kind: string, name: string, given?: Topology) =>
  objectsOf(cluster, given).find(
    (object) => object.kind === kind && (object.metadata.namespace ?? object.metadata.name) === name,
  );
const withWorkloads = (change: (workload: Workload) => Partial<Workload>): Topology => ({
  ...topology,
  workloads: topology.workloads.map((workload) => ({ ...workload, ...change(workload) })),
});

test("every object fits the schema of its kind", () => {
  const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));
  for (const { name } of topology.clusters)
    for (const object of objectsOf(name)) assert.equal(validate(object), [], `${object.kind} ${object.metadata.name}`);
});

test("those of the add-ons and of the teams with workloads there, and not the system's", () => {
  const names = objectsOf("cluster-amsterdam")
    .filter(({ kind }) => kind === "Namespace")
    .map(({ metadata }) => metadata.name);
  assert.equal(names, ["argo-rollouts", "argocd", "gatekeeper-system", "istio-system", "monitoring", "shop"]);
});

test("the priorities that services on a cluster ask for, and no others", () => {
  const classes = (given?: Topology) =>
    objectsOf("cluster-amsterdam", given).filter(({ kind }) => kind === "PriorityClass");
  const asking = (priority: "low" | "high") =>
    withWorkloads(({ pods, cluster }) => (cluster.name === "cluster-amsterdam" ? { pods: { ...pods, priority } } : {}));
  assert.equal(classes(), []);
  for (const [priority, value] of [
    ["low", -1],
    ["high", 1000],
  ] as const) {
    const topology = asking(priority);
    const [made, ...others] = classes(topology) as (KubernetesObject & { value?: number; globalDefault?: boolean })[];
    assert.equal(others, []);
    assert.equal([made!.metadata.name, made!.value, made!.globalDefault], [`eco-compile-${priority}`, value, false]);
    assert.is(made!.metadata.namespace, undefined);
    const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));
    assert.equal(validate(made!), []);
    const elsewhere = topology.clusters.filter(({ name }) => name !== "cluster-amsterdam");
    for (const { name } of elsewhere)
      assert.not(
        objectsOf(name, topology).some(({ kind }) => kind === "PriorityClass"),
        name,
      );
  }
});

test("restricted in every mode, at the cluster's version, except for the one that says why", () => {
  for (const { name, version } of topology.clusters) {
    for (const { kind, metadata } of objectsOf(name)) {
      if (kind !== "Namespace") continue;
      const level = metadata.name === "chaos-mesh" ? "privileged" : "restricted";
      for (const mode of ["enforce", "audit", "warn"]) {
        assert.is(metadata.labels![`pod-security.kubernetes.io/${mode}`], level, metadata.name);
        assert.is(metadata.labels![`pod-security.kubernetes.io/${mode}-version`], `v${version}`);
      }
      assert.is("eco-compile.dev/pod-security-reason" in metadata.annotations!, level !== "restricted", metadata.name);
      assert.is(metadata.annotations!["argocd.argoproj.io/sync-options"], "Prune=confirm,Delete=confirm");
    }
  }
});

test("a version with a patch or a cloud's suffix is pinned by its minor", () => {
  const clusters = topology.clusters.map((cluster) => ({ ...cluster, version: "1.32.4-gke.1000" }));
  assert.is(
    find("cluster-paris", "Namespace", "shop", { ...topology, clusters })!.metadata.labels![
      "pod-security.kubernetes.io/enforce-version"
    ],
    "v1.32",
  );
});

test("teams are injected with the mesh, add-ons are not", () => {
  assert.is(find("cluster-paris", "Namespace", "shop")!.metadata.labels!["istio-injection"], "enabled");
  assert.is(find("cluster-paris", "Namespace", "monitoring")!.metadata.labels!["istio-injection"], undefined);
  const unmeshed = {
    ...topology,
    security: { ...topology.security, mesh: { ...topology.security.mesh, enabled: false } },
  };
  assert.is(find("cluster-paris", "Namespace", "shop", unmeshed)!.metadata.labels!["istio-injection"], undefined);
});

test("Gatekeeper leaves its own namespace alone", () => {
  assert.is(
    find("cluster-paris", "Namespace", "gatekeeper-system")!.metadata.labels!["admission.gatekeeper.sh/ignore"],
    "no-self-managing",
  );
});

const inject = (cluster: string, name: string, given?: Topology) =>
  find(cluster, "Namespace", name, given)!.metadata.annotations!["chaos-mesh.org/inject"];

test("faults reach namespaces with released experiments alone", () => {
  assert.equal(
    [inject("cluster-paris", "shop"), inject("cluster-paris", "monitoring"), inject("cluster-ultimate", "shop")],
    ["enabled", undefined, undefined],
  );
});

test("a partition reaches the namespace of its far side too", () => {
  const partition = {
    kind: "network-partition",
    from: "context-store",
    name: "lose-store",
    source: "",
  } as unknown as Workload["experiments"][number];
  const given = withWorkloads(({ name }) => ({ experiments: name === "storefront" ? [partition] : [] }));
  assert.equal(
    [inject("cluster-paris", "shop", given), inject("cluster-paris", "platform", given)],
    ["enabled", "enabled"],
  );
  assert.is(
    inject(
      "cluster-paris",
      "platform",
      withWorkloads(({ name }) => ({
        experiments: name === "storefront" ? [{ ...partition, kind: "pod-kill" } as never] : [],
      })),
    ),
    undefined,
  );
});

test("a team's network is closed but for names", () => {
  const { spec } = find("cluster-paris", "NetworkPolicy", "shop") as KubernetesObject & {
    spec: Record<string, unknown>;
  };
  assert.equal(spec, {
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
    egress: [
      {
        to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
        ports: [
          { port: 53, protocol: "UDP" },
          { port: 53, protocol: "TCP" },
        ],
      },
    ],
  });
});

test("so is an add-on's, and opened by nothing but what names its pods", () => {
  for (const { name } of topology.clusters) {
    const objects = objectsOf(name);
    const platform = new Set(
      topology.platform.addons.filter(({ cluster }) => cluster === name).map(({ namespace }) => namespace),
    );
    platform.delete("kube-system");
    for (const namespace of platform) {
      const policies = objects.filter(
        ({ kind, metadata }) => kind === "NetworkPolicy" && metadata.namespace === namespace,
      ) as (KubernetesObject & { spec: { podSelector: object; policyTypes: string[]; ingress?: unknown } })[];
      const [closed, ...opened] = policies;
      assert.is(closed?.metadata.name, "closed-by-default", namespace);
      assert.equal([closed!.spec.podSelector, closed!.spec.ingress], [{}, undefined]);
      assert.ok(opened.length > 0, namespace);
      for (const { metadata, spec } of opened) {
        assert.ok("matchLabels" in spec.podSelector, `${namespace}/${metadata.name}`);
        assert.equal(spec.policyTypes, ["Ingress", "Egress"]);
      }
    }
  }
});

test("teams that share a namespace have it once, with no single owner", () => {
  const share = (name: string) => ({ ...topology.teams.find((team) => team.name === name)!, namespace: "shared" });
  const given = { ...topology, teams: [share("platform"), share("shop")] };
  const shared = objectsOf("cluster-paris", given).filter(
    ({ kind, metadata }) => kind === "Namespace" && metadata.name === "shared",
  );
  assert.is(shared.length, 1);
  assert.is(shared[0]!.metadata.labels!["eco-compile.dev/team"], undefined);
  assert.is(find("cluster-paris", "Namespace", "shop")!.metadata.labels!["eco-compile.dev/team"], "shop");
});

const RESERVED: [namespace: string, findings: number][] = [
  ["shop", 0],
  ["monitoring", 1],
  ["argocd", 1],
  ["kube-system", 1],
  ["default", 1],
];
for (const [namespace, findings] of RESERVED) {
  test(`namespaces/reserved: a team in ${namespace}: ${findings}`, () => {
    const [check] = namespaces.checks;
    const found = [...check!.run({ ...topology, teams: [{ ...topology.teams[0]!, namespace }] }, UNASKED)];
    assert.is(found.length, findings);
    if (found[0]) assert.is(found[0].at, "teams.platform.namespace");
  });
}

test.run();
