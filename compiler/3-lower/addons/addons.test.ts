import semver from "semver";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectTopology } from "../../../test/support/topology.ts";
import { LAST_WAVE, NAMESPACES, SYSTEM_NAMESPACE } from "../../facts/names.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import { catalogue } from "./catalogue.ts";
import { lowerAddons, type ClusterNeeds } from "./index.ts";
import { platformNamespace } from "./namespaces.ts";

const test = suite("add-ons");
const topology = await projectTopology();

/** Needs of a cluster that uses nothing, changed by the test. */
function needs(change: Partial<ClusterNeeds> = {}, cluster: Partial<Cluster> = {}): ClusterNeeds {
  const { security, observability, clusters } = topology;
  return {
    cluster: { ...clusters[0]!, management: false, cloud: "gcp", ...cluster },
    security: { ...security, mesh: { ...security.mesh, enabled: false } },
    observability,
    workloads: [],
    ...change,
  };
}

const names = (given: ClusterNeeds) => lowerAddons(given).map(({ name }) => name);
// Values of different charts: the tests know what they look for.
const valuesOf = (given: ClusterNeeds, name: string) =>
  lowerAddons(given).find((addon) => addon.name === name)!.values as Record<string, any>;
const workload = (change: object) =>
  ({
    strategy: { kind: "rolling" },
    experiments: [],
    meshed: false,
    ...change,
  }) as unknown as ClusterNeeds["workloads"][number];

const EVERYWHERE = ["argo-cd", "namespaces", "prometheus", "gatekeeper", "gatekeeper-policies"];
const WHEN: [string, ClusterNeeds, string[]][] = [
  ["uses nothing", needs(), []],
  ["is on aws, which has no default StorageClass", needs({}, { cloud: "aws" }), ["storage"]],
  ["is meshed", needs({ security: topology.security }), ["istio-base", "istio-cni", "istiod", "istio-policies"]],
  ["has a canary", needs({ workloads: [workload({ strategy: { kind: "canary" } })] }), ["argo-rollouts"]],
  [
    "has a released experiment",
    needs({ workloads: [workload({ experiments: [{ kind: "pod-kill" }] })] }),
    ["chaos-mesh", "slo-gate"],
  ],
  ["runs the Terraform objects", needs({}, { management: true }), ["source-controller", "tofu-controller"]],
  [
    "would run them, without the target that makes the roots",
    needs({ targets: { terraform: false } }, { management: true }),
    [],
  ],
];
for (const [what, given, more] of WHEN) {
  test(`a cluster that ${what} gets these add-ons`, () =>
    assert.equal(names(given).sort(), [...EVERYWHERE, ...more].sort()));
}

test("names are unique, and charts pinned to one version from a TLS address", () => {
  assert.is(new Set(catalogue.map(({ name }) => name)).size, catalogue.length);
  for (const { name, chart } of catalogue) {
    if (chart === undefined) continue;
    assert.ok(semver.valid(chart.version), `${name}: ${chart.version}`);
    assert.match(chart.repository, /^https:\/\//, name);
  }
});

test("an add-on has a chart of its own, one of the library, or manifests", () => {
  for (const { name, chart, libraryChart, writtenBy, values } of catalogue) {
    assert.ok(chart !== undefined || writtenBy !== undefined, name);
    assert.not.ok(chart !== undefined && libraryChart !== undefined, name);
    assert.is(values !== undefined, chart !== undefined, `${name}: values belong to an upstream chart`);
  }
});

const everything = (targets: ClusterNeeds["targets"]) =>
  needs(
    { security: topology.security, workloads: [workload({ experiments: [{ kind: "pod-kill" }] })], targets },
    { cloud: "aws" },
  );
const WRITERS = [...new Set(catalogue.flatMap(({ writtenBy }) => writtenBy ?? []))];
for (const target of WRITERS) {
  test(`without the target ${target}: what only it writes is no add-on, and a chart comes without manifests`, () => {
    const given = lowerAddons(everything({ [target]: false }));
    const written = catalogue.filter(({ writtenBy }) => writtenBy === target);
    const bare = given.filter(({ name }) => written.some((entry) => entry.name === name));
    assert.equal(
      bare.map(({ name }) => name),
      written.filter(({ chart }) => chart !== undefined).map(({ name }) => name),
    );
    assert.ok(bare.every(({ manifests }) => !manifests));
    assert.equal(
      given.filter((addon) => !bare.includes(addon)),
      lowerAddons(everything(undefined)).filter(({ name }) => !written.some((entry) => entry.name === name)),
      "the others are as they were",
    );
  });
}

/** Who needs what: the second's objects or pods need the first. */
const ORDER: [string, string][] = [
  ["argo-cd", "namespaces"],
  ["namespaces", "prometheus"],
  ["storage", "prometheus"], // its volume
  ["prometheus", "argo-rollouts"], // its ServiceMonitor
  ["istio-base", "istiod"],
  ["istio-cni", "istiod"],
  ["istio-base", "istio-policies"],
  ["istiod", "istio-policies"], // its webhook
  ["istiod", "argo-rollouts"],
  ["gatekeeper", "gatekeeper-policies"],
  ["chaos-mesh", "slo-gate"],
  ["source-controller", "tofu-controller"],
];
for (const [first, second] of ORDER) {
  test(`${first} comes before ${second}`, () => {
    const wave = (name: string) => catalogue.find((entry) => entry.name === name)!.wave;
    assert.ok(wave(first) < wave(second), `${wave(first)} and ${wave(second)}`);
  });
}

test("every wave comes before the workloads', but for what runs an image of our own, which may be nowhere", () => {
  for (const { name, wave, libraryChart } of catalogue)
    assert.ok(libraryChart === undefined ? wave < LAST_WAVE : wave === LAST_WAVE, name);
});

test("lists come in the order of their waves", () => {
  const waves = lowerAddons(needs({ security: topology.security })).map(({ wave }) => wave);
  assert.equal(
    waves,
    [...waves].sort((a, b) => a - b),
  );
});

test("chaos-mesh alone is not restricted, and says why", () => {
  for (const { namespace } of catalogue) {
    const { level, reason } = platformNamespace(namespace);
    assert.is(level, namespace === NAMESPACES.chaos ? "privileged" : "restricted", namespace);
    assert.is(reason !== undefined, level !== "restricted", namespace);
  }
});

test("node agents of the mesh run in the system's namespace, nothing else does", () => {
  assert.equal(
    catalogue.filter(({ namespace }) => namespace === SYSTEM_NAMESPACE).map(({ name }) => name),
    ["istio-cni"],
  );
});

const FAILURE: [Topology["security"]["policies"]["enforcement"], string][] = [
  ["dryrun", "Ignore"],
  ["warn", "Ignore"],
  ["deny", "Fail"],
];
for (const [enforcement, expected] of FAILURE) {
  test(`Gatekeeper's webhook with policies that ${enforcement}: ${expected}`, () => {
    const security = {
      ...topology.security,
      policies: { ...topology.security.policies, enforcement, exemptNamespaces: ["legacy"] },
    };
    const values = valuesOf(needs({ security }), "gatekeeper");
    assert.is(values["validatingWebhookFailurePolicy"], expected);
    assert.equal(values["validatingWebhookExemptNamespacesLabels"]["kubernetes.io/metadata.name"], [
      "kube-system",
      "kube-node-lease",
      "kube-public",
      "legacy",
    ]);
  });
}

test("Gatekeeper mutates where there are experiments, and their workflows alone", () => {
  const given = (experiments: object[]) => valuesOf(needs({ workloads: [workload({ experiments })] }), "gatekeeper");
  assert.equal([given([])["disableMutation"], given([{ kind: "pod-kill" }])["disableMutation"]], [true, false]);
  assert.equal(given([])["mutatingWebhookCustomRules"][0]["resources"], ["workflows"]);
});

test("Prometheus scrapes and keeps as the config says, on the default class of its cluster", () => {
  const observability = {
    ...topology.observability,
    metrics: { source: "", interval: "20s", retention: "3d" },
  } as const;
  const { prometheusSpec } = valuesOf(needs({ observability }), "prometheus")["prometheus"];
  const { scrapeInterval, retention, storageSpec, podMonitorSelectorNilUsesHelmValues } = prometheusSpec;
  assert.equal([scrapeInterval, retention, podMonitorSelectorNilUsesHelmValues], ["20s", "259200s", false]);
  assert.equal(storageSpec["volumeClaimTemplate"]["spec"], {
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: "50Gi" } },
  });
});

test("the CNI plugin goes where the cloud's kubelet looks for it", () => {
  const given = (cloud: Cluster["cloud"]) =>
    valuesOf(needs({ security: topology.security }, { cloud }), "istio-cni")["cniBinDir"];
  assert.equal([given("gcp"), given("aws"), given("azure")], ["/home/kubernetes/bin", undefined, undefined]);
});

test("a DNS server for faults comes with a DNS fault alone", () => {
  const given = (kind: string) =>
    valuesOf(needs({ workloads: [workload({ experiments: [{ kind }] })] }), "chaos-mesh")["dnsServer"]["create"];
  assert.equal([given("pod-kill"), given("dns-fault")], [false, true]);
});

test("every container that the values speak of has requests and a memory limit", () => {
  const all = lowerAddons(
    needs(
      {
        security: topology.security,
        workloads: [workload({ strategy: { kind: "canary" }, experiments: [{ kind: "pod-kill" }] })],
      },
      { management: true },
    ),
  );
  const found: unknown[] = [];
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== "object") return;
    for (const [field, inner] of Object.entries(value)) {
      if (field === "resources" && !Array.isArray(inner) && !("requests" in inner && "storage" in inner.requests))
        found.push(inner);
      else visit(inner);
    }
  };
  all.forEach(({ values }) => visit(values));
  assert.ok(found.length > 15);
  for (const entry of found as { requests: Record<string, string>; limits: Record<string, string> }[]) {
    assert.equal(Object.keys(entry.requests), ["cpu", "memory", "ephemeral-storage"]);
    assert.is(entry.limits["memory"], entry.requests["memory"]);
  }
});

test.run();
