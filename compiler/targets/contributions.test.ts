import semver from "semver";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { projectTopology, topologyOf } from "../../test/support/topology.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Experiment } from "../config/model/resilience.ts";
import { resolve } from "../5-emit/contribute.ts";
import type { Target } from "../5-emit/target.ts";
import { validate } from "../2-validate/index.ts";
import { isWithin, qualified } from "../facts/image-names.ts";
import { policyData } from "../policy/data.ts";
import { addonsOn } from "../facts/addons.ts";
import { NAMESPACES, SYSTEM_NAMESPACE } from "../facts/names.ts";
import { LAST_WAVE } from "../facts/waves.ts";
import type { Topology } from "../topology/index.ts";
import { targets } from "./registry.ts";

const test = suite("what targets contribute");
const reference = await projectTopology();
const everyAddon = [...new Map(reference.platform.addons.map((addon) => [addon.name, addon])).values()];

const { rollout: _rollout, chaos: _chaos, dependsOn: _dependsOn, ...web } = base.services["web"]!;
/** The small ecosystem without mesh, canaries and experiments, changed by the test. */
const small = (change: Partial<Ecosystem> = {}): Topology =>
  topologyOf({
    ...base,
    security: { ...base.security, mesh: { enabled: false } },
    resilience: { environments: [], experiments: {} },
    services: { web },
    ...change,
  });
const names = (topology: Topology, cluster = "test") => addonsOn(topology, { name: cluster }).map(({ name }) => name);
// Values of different charts: the tests know what they look for.
const valuesOf = (topology: Topology, name: string, cluster = "test") =>
  addonsOn(topology, { name: cluster }).find((addon) => addon.name === name)!.values as Record<string, any>;

const meshed = { security: base.security };
const kill: Experiment = { kind: "pod-kill", schedule: "0 10 * * 2", duration: "5m", abortOn: ["available"] };
const dns: Experiment = { ...kill, kind: "dns-fault", patterns: ["shop.example"] };
const chaos = (experiment: Experiment): Partial<Ecosystem> => ({
  resilience: { environments: ["staging"], experiments: { fault: experiment } },
  services: { web: { ...web, chaos: ["fault"] } },
});
const onCloud = (cloud: "aws" | "azure"): Partial<Ecosystem> => ({
  clouds: {
    ...base.clouds,
    [cloud]: {
      ...(cloud === "aws" ? { account: "111122223333" } : AZURE),
      network: { name: "vpc", cidr: "10.9.0.0/16" },
      regions: { [cloud === "aws" ? "eu-west-3" : "westeurope"]: { subnet: { cidr: "10.9.1.0/24" } } },
    },
  } as Ecosystem["clouds"],
  clusters: {
    ...base.clusters,
    test: {
      ...base.clusters["test"]!,
      cloud,
      region: cloud === "aws" ? "eu-west-3" : "westeurope",
      nodePools: { general: { machineType: cloud === "aws" ? "m6i.large" : "Standard_D4s_v5", min: 3, max: 6 } },
    } as Ecosystem["clusters"][string],
  },
});
const AZURE = {
  subscription: "00000000-0000-0000-0000-000000000001",
  tenant: "00000000-0000-0000-0000-000000000002",
};

const EVERYWHERE = ["argo-cd", "namespaces", "prometheus", "gatekeeper", "gatekeeper-policies"];
const CANARY = { services: { web: { ...web, rollout: "careful" } } };
const WHEN: [what: string, topology: Topology, more: string[], cluster?: string][] = [
  ["uses nothing", small(), []],
  ["is on aws, which has no default StorageClass", small(onCloud("aws")), ["storage"]],
  ["is meshed", small(meshed), ["istio-base", "istio-cni", "istiod", "istio-policies"]],
  ["has a canary", small(CANARY), ["argo-rollouts"]],
  ["has a released experiment", small(chaos(kill)), ["chaos-mesh", "slo-gate"]],
  ["has an experiment that is not released", small(chaos(kill)), ["source-controller", "tofu-controller"], "main"],
  ["runs the Terraform objects", small(), ["source-controller", "tofu-controller"], "main"],
  ["would run them, without the target that makes the roots", small({ targets: { terraform: false } }), [], "main"],
];
for (const [what, topology, more, cluster] of WHEN) {
  test(`a cluster that ${what} gets these add-ons`, () =>
    assert.equal(names(topology, cluster).sort(), [...EVERYWHERE, ...more].sort()));
}

test("charts are pinned to one version from a TLS address, and a name is one chart", () => {
  for (const { name, chart } of reference.platform.addons) {
    assert.equal(chart, everyAddon.find((addon) => addon.name === name)!.chart);
    if (chart === undefined) continue;
    assert.ok(semver.valid(chart.version), `${name}: ${chart.version}`);
    assert.match(chart.repository, /^https:\/\//, name);
  }
});

test("values belong to an upstream chart", () => {
  for (const { name, chart, libraryChart, values } of everyAddon) {
    assert.not.ok(chart !== undefined && libraryChart !== undefined, name);
    assert.is(values !== undefined, chart !== undefined, name);
  }
});

test("who has a chart says what its pods run, and what an add-on injects is among it", () => {
  for (const { name, chart, images, injects } of everyAddon) {
    assert.is(images !== undefined, chart !== undefined, name);
    for (const image of injects?.images ?? []) assert.ok(isWithin(image, images!), `${name}: ${image}`);
    for (const image of images ?? []) assert.is(image, qualified(image), "as policies compare it");
  }
});

test("Istio's charts are told the hub that admission lets sidecars in from, and come from where they stay", () => {
  const meshed = small({ security: base.security });
  const [injected] = meshed.platform.addons.flatMap(({ injects }) => injects?.images ?? []);
  for (const name of ["istio-cni", "istiod"])
    assert.is(`${valuesOf(meshed, name)["global"]["hub"]}/proxyv2`, injected, name);
  const { parameters } = policyData(meshed, [], []);
  assert.ok(isWithin("docker.io/istio/proxyv2:1.30.3", parameters.allowed_registries!));
  assert.not.ok(isWithin("registry.istio.io/release/proxyv2:1.30.3", parameters.allowed_registries!));
  const places = meshed.platform.addons
    .filter(({ name }) => name.startsWith("istio"))
    .map(({ chart }) => chart?.repository);
  assert.equal([...new Set(places)].filter(Boolean), ["https://blob.istio.io/istio-release/charts"]);
});

const withCharts = (images: readonly string[] | undefined): Target<never> => ({
  name: "acme-dns",
  summary: "",
  contribute: ({ clusters }) => ({
    addons: clusters.map((cluster) => ({
      name: "dns",
      cluster,
      namespace: "dns",
      stage: "controllers" as const,
      chart: { repository: "https://charts.acme.example", name: "dns", version: "1.0.0" },
      ...(images && { images }),
      network: {},
    })),
  }),
});
const withExtension = (target: Target<never>, extension: boolean) =>
  resolve(
    validate({
      config: extension ? { ...base, extensions: { [target.name]: { from: "acme" } } } : base,
      images: {},
      tuning: undefined,
    }),
    [...targets, target],
  );

test("a chart of another package's says which images it runs, or is found once", () => {
  const ids = (images: readonly string[] | undefined) =>
    withExtension(withCharts(images), true).diagnostics.map(({ id, severity, at }) => [id, severity, at]);
  assert.equal(ids(undefined), [["targets/images-unsaid", "warning", "extensions.acme-dns"]]);
  assert.equal(ids([]), []);
});

test("the policies leave charts of the catalogue alone, and let images of other charts in from allowed registries", () => {
  const policies = ["allowed-registries", "probes", "resources"];
  const exempt = (extension: boolean) =>
    policyData(withExtension(withCharts([]), extension).topology, [], policies).exempt_namespaces.find(
      ({ namespace }) => namespace === "dns",
    )!.policies;
  assert.equal([exempt(false), exempt(true)], [undefined, ["probes", "resources"]]);
});

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
    const wave = (name: string) => everyAddon.find((addon) => addon.name === name)!.wave;
    assert.ok(wave(first) < wave(second), `${wave(first)} and ${wave(second)}`);
  });
}

test("every wave comes before the workloads', but for what runs an image of our own, which may be nowhere", () => {
  for (const { name, wave, libraryChart } of everyAddon)
    assert.ok(libraryChart === undefined ? wave < LAST_WAVE : wave === LAST_WAVE, name);
});

test("a cluster's come in the order of their waves", () => {
  for (const cluster of reference.clusters) {
    const waves = addonsOn(reference, cluster).map(({ wave }) => wave);
    assert.equal(
      waves,
      [...waves].sort((a, b) => a - b),
    );
  }
});

test("chaos-mesh alone is not restricted, and says why", () => {
  for (const { namespace, namespaceNeeds } of everyAddon) {
    const { level = "restricted", reason } = namespaceNeeds ?? {};
    assert.is(level, namespace === NAMESPACES.chaos ? "privileged" : "restricted", namespace);
    assert.is(reason !== undefined, level !== "restricted", namespace);
  }
});

test("node agents of the mesh run in the system's namespace, nothing else does", () => {
  assert.equal(
    everyAddon.filter(({ namespace }) => namespace === SYSTEM_NAMESPACE).map(({ name }) => name),
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
    const policies = { enforcement, exemptNamespaces: ["legacy"] };
    const values = valuesOf(small({ security: { ...base.security, policies } }), "gatekeeper");
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
  const given = (change: Partial<Ecosystem>) => valuesOf(small(change), "gatekeeper");
  assert.equal([given({})["disableMutation"], given(chaos(kill))["disableMutation"]], [true, false]);
  assert.equal(given({})["mutatingWebhookCustomRules"][0]["resources"], ["workflows"]);
});

test("every add-on of ours says whom its pods talk with, and one that does not is found once", () => {
  assert.equal(
    everyAddon.filter(({ network, namespace }) => network === undefined && namespace !== SYSTEM_NAMESPACE),
    [],
  );
  const silent: Target<never> = {
    name: "acme-dns",
    summary: "",
    contribute: ({ clusters }) => ({
      addons: clusters.flatMap((cluster) => [
        { name: "dns", cluster, namespace: "dns", stage: "controllers" },
        { name: "dns-agent", cluster, namespace: SYSTEM_NAMESPACE, stage: "controllers" },
      ]),
    }),
  };
  const { diagnostics } = resolve(validate({ config: base, images: {}, tuning: undefined }), [...targets, silent]);
  assert.equal(
    diagnostics.map(({ id, severity, at, message }) => [id, severity, at, /in dns they reach DNS alone/.test(message)]),
    [["targets/network-unsaid", "warning", "extensions.acme-dns", true]],
  );
});

const CLONED: [url: Ecosystem["repository"]["url"], port: number][] = [
  ["git@github.com:acme/shop.git", 22],
  ["ssh://git@git.acme.example:7999/shop.git", 7999],
];
for (const [url, port] of CLONED) {
  test(`what clones ${url} reaches port ${port}`, () => {
    const addons = small({ repository: { ...base.repository, url } }).platform.addons;
    for (const [name, kind] of [
      ["argo-cd", "repo-server"],
      ["source-controller", "manager"],
    ] as const) {
      const { reaches } = addons.find((addon) => addon.name === name)!.network![kind]!;
      assert.equal(reaches![0], { to: "anywhere", ports: [443, port].sort((a, b) => a - b) });
    }
  });
}

test("Prometheus scrapes and keeps as the config says, on the default class of its cluster", () => {
  const observability = { metrics: { interval: "20s", retention: "3d" } } as const;
  const { prometheusSpec } = valuesOf(small({ observability }), "prometheus")["prometheus"];
  const { scrapeInterval, retention, storageSpec, podMonitorSelectorNilUsesHelmValues } = prometheusSpec;
  assert.equal([scrapeInterval, retention, podMonitorSelectorNilUsesHelmValues], ["20s", "259200s", false]);
  assert.equal(storageSpec["volumeClaimTemplate"]["spec"], {
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: "50Gi" } },
  });
});

test("the CNI plugin goes where the cloud's kubelet looks for it", () => {
  const given = (cloud: Partial<Ecosystem>) => valuesOf(small({ ...meshed, ...cloud }), "istio-cni")["cniBinDir"];
  assert.equal(
    [given({}), given(onCloud("aws")), given(onCloud("azure"))],
    ["/home/kubernetes/bin", undefined, undefined],
  );
});

test("pods with a DNS fault, and they alone, may ask its server", () => {
  const serverOf = (experiment: Experiment) =>
    addonsOn(small(chaos(experiment)), { name: "test" }).find(({ name }) => name === "chaos-mesh")!.network![
      "dns-server"
    ];
  assert.is(serverOf(kill), undefined);
  const web = { namespace: "shop", pods: { "app.kubernetes.io/name": "web" } };
  assert.equal(serverOf(dns)!.accepts![0], { from: web, ports: [5353], udp: [5353] });
});

test("a DNS server for faults comes with a DNS fault alone", () => {
  const given = (experiment: Experiment) => valuesOf(small(chaos(experiment)), "chaos-mesh")["dnsServer"]["create"];
  assert.equal([given(kill), given(dns)], [false, true]);
});

test("every container that the values speak of has requests and a memory limit", () => {
  const found: unknown[] = [];
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== "object") return;
    for (const [field, inner] of Object.entries(value)) {
      if (field === "resources" && !Array.isArray(inner) && !("requests" in inner && "storage" in inner.requests))
        found.push(inner);
      else visit(inner);
    }
  };
  everyAddon.forEach(({ values }) => visit(values));
  assert.ok(found.length > 15);
  for (const entry of found as { requests: Record<string, string>; limits: Record<string, string> }[]) {
    assert.equal(Object.keys(entry.requests), ["cpu", "memory", "ephemeral-storage"]);
    assert.is(entry.limits["memory"], entry.requests["memory"]);
  }
});

test.run();
