import { readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { projectTopology } from "../../../test/support/topology.ts";
import { emit } from "../../5-emit/index.ts";
import { createValidator, schemasBelow } from "../../6-verify/kubernetes/index.ts";
import { VENDORED_LIBRARY } from "../../facts/names.ts";
import { addonsOn } from "../../facts/addons.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { targets } from "../registry.ts";
import { selectTargets } from "../../5-emit/select.ts";
import type { ArgoCdOptions } from "./options.ts";
import { library } from "../../../test/support/emit.ts";
import {
  applicationOf,
  emitted,
  fileOf,
  namedPaths,
  objectsOf,
  presence,
  type Application,
  type Project,
} from "./test/emitted.ts";

const test = suite("argo-cd");
const topology = await projectTopology();
const reference = emitted(topology);

/** The reference ecosystem in a folder of a repository, with its library written along. */
const inFolder: Topology = {
  ...topology,
  repository: { ...topology.repository, path: "deploy/platform" },
  library: {
    vendored: true,
    charts: `${VENDORED_LIBRARY}/helm-library`,
    modules: `${VENDORED_LIBRARY}/terraform-modules`,
    policies: `${VENDORED_LIBRARY}/policies`,
  },
};

/** The reference ecosystem with one workload changed. */
const withWorkload = (name: string, change: Partial<Workload>): Topology => ({
  ...topology,
  workloads: topology.workloads.map((workload) => (workload.name === name ? { ...workload, ...change } : workload)),
});

const EVERY_OPTION: ArgoCdOptions = {
  repositorySecret: "repository",
  freezes: [{ schedule: "0 0 20 12 *", duration: "14d", reason: "Holidays" }],
  identities: {
    gcp: {
      provider: "projects/1/locations/global/workloadIdentityPools/p/providers/m",
      serviceAccount: "terraform@acme.iam.gserviceaccount.com",
    },
    aws: { role: "arn:aws:iam::111122223333:role/terraform" },
    azure: { clientId: "00000000-0000-0000-0000-000000000009" },
  },
};

for (const [what, given, options] of [
  ["the reference ecosystem", topology, {}],
  ["a project in a folder, with every option", inFolder, EVERY_OPTION],
] as const) {
  test(`${what}: every object fits the schema of its kind`, () => {
    const { validate } = createValidator(schemasBelow(`${PACKAGE_ROOT}schemas/crds`));
    for (const object of objectsOf(emitted(given, options)))
      assert.equal(validate(object), [], `${object.kind} ${object.metadata.name}`);
  });

  test(`${what}: whatever an Application names is written or lies in the library`, () => {
    const prefix = given.repository.path === "." ? "" : `${given.repository.path}/`;
    const inProject = (path: string) => {
      assert.ok(path.startsWith(prefix), path);
      return path.slice(prefix.length);
    };
    const isThere = presence(
      given,
      emit(given, selectTargets(targets, undefined), library).files.map(({ path }) => path),
    );
    for (const application of objectsOf(emitted(given, options)).filter(
      ({ kind }) => kind === "Application",
    ) as Application[]) {
      const { sources } = application.spec;
      for (const path of namedPaths(application).map(inProject))
        assert.ok(isThere(path), `${application.metadata.name}: ${path}`);
      // A change of what it is made from must not go unnoticed.
      const watched = application.metadata.annotations!["argocd.argoproj.io/manifest-generate-paths"]!.split(";");
      for (const { path } of sources)
        if (path !== undefined)
          assert.ok(
            watched.some((folder) => `/${path}`.startsWith(folder)),
            `${application.metadata.name} does not watch ${path}`,
          );
    }
  });
}

test("an Application per workload and add-on, and none else", () => {
  const names = (cluster: string) =>
    reference
      .map(({ path }) => new RegExp(`^generated/clusters/${cluster}/argocd/applications/(.*)\\.yaml$`).exec(path)?.[1])
      .filter((name) => name !== undefined)
      .sort();
  for (const cluster of topology.clusters) {
    const { name, management } = cluster;
    const workloads = topology.workloads.filter((workload) => workload.cluster.name === name);
    assert.equal(
      names(name),
      [
        ...workloads.map((workload) => workload.name),
        ...addonsOn(topology, cluster).map((addon) => `platform-${addon.name}`),
        ...(management ? ["platform-terraform"] : []),
      ].sort(),
    );
  }
});

test("a workload: the chart with its values, then its manifests, at the environment's revision", () => {
  const { spec, metadata } = applicationOf(reference, "cluster-ultimate", "recommendations");
  const repoURL = "https://github.com/acme/ultimate.git";
  const folder = "generated/clusters/cluster-ultimate/services/recommendations";
  assert.equal(spec.sources, [
    {
      repoURL,
      targetRevision: "env/production",
      path: "helm-library/service",
      helm: { releaseName: "recommendations", valueFiles: [`/${folder}/values.yaml`] },
    },
    { repoURL, targetRevision: "env/production", path: `${folder}/manifests` },
  ]);
  assert.equal(
    [spec.project, spec.destination],
    ["shop", { server: "https://kubernetes.default.svc", namespace: "shop" }],
  );
  assert.is(
    metadata.annotations!["argocd.argoproj.io/manifest-generate-paths"],
    `/helm-library/service;/helm-library/eco-library;/${folder}`,
  );
  assert.equal(metadata["finalizers"], ["resources-finalizer.argocd.argoproj.io/foreground"]);
  assert.is(
    applicationOf(reference, "cluster-paris", "recommendations").spec.sources[0]!.targetRevision,
    "main",
    "the first environment follows the main revision",
  );
});

test("a project in a folder names every path from the repository's root", () => {
  const { spec, metadata } = applicationOf(emitted(inFolder), "cluster-paris", "checkout");
  assert.is(spec.sources[0]!.path, "deploy/platform/generated/lib/helm-library/service");
  assert.equal(spec.sources[0]!.helm!.valueFiles, [
    "/deploy/platform/generated/clusters/cluster-paris/services/checkout/values.yaml",
  ]);
  assert.is(
    metadata.annotations!["argocd.argoproj.io/manifest-generate-paths"],
    "/deploy/platform/generated/lib/helm-library/service;/deploy/platform/generated/lib/helm-library/eco-library;/deploy/platform/generated/clusters/cluster-paris/services/checkout",
  );
});

test("a workload without manifests has the chart alone", () => {
  assert.is(applicationOf(reference, "cluster-ultimate", "watchdog").spec.sources.length, 1);
});

/** Ignored fields are an exception each: these, and no others. */
const IGNORED: [string, Partial<Workload>, string[]][] = [
  ["canary", {}, [".spec.http[]?.route[]?.weight"]],
  ["a plain rolling update", { strategy: { kind: "rolling" } as Workload["strategy"] }, []],
  [
    "blue/green, which moves a selector",
    { strategy: topology.strategies.find(({ kind }) => kind === "blue-green")! },
    [],
  ],
  ["without the mesh", { meshed: false }, []],
  [
    "shadow",
    { strategy: topology.strategies.find(({ kind }) => kind === "shadow")! },
    [".spec.http[]?.route[]?.weight", '.spec.http[]? | select(.name == "mirror")'],
  ],
  [
    "canary over TCP",
    { ports: [{ name: "db", port: 1, targetPort: 1, protocol: "tcp", source: "" }] },
    [".spec.tcp[]?.route[]?.weight"],
  ],
];
for (const [what, change, expected] of IGNORED) {
  test(`${what}: what Argo Rollouts owns is no difference`, () => {
    const { ignoreDifferences = [], syncPolicy } = applicationOf(
      emitted(withWorkload("storefront", change)),
      "cluster-paris",
      "storefront",
    ).spec;
    assert.equal(
      ignoreDifferences.flatMap(({ jqPathExpressions }) => jqPathExpressions),
      expected,
    );
    for (const { group, kind, name } of ignoreDifferences)
      assert.equal([group, kind, name], ["networking.istio.io", "VirtualService", "storefront"]);
    assert.is(syncPolicy.syncOptions.includes("ApplyOutOfSyncOnly=true"), expected.length > 0);
    assert.not.ok(syncPolicy.syncOptions.includes("RespectIgnoreDifferences=true"), "it would freeze every route");
  });
}

test("one number for TCP and UDP is applied on the server's side, where both count", () => {
  const dns = { name: "dns", port: 53, targetPort: 5353, protocol: "udp", source: "" } as const;
  const over = (...others: Partial<Workload["ports"][number]>[]) =>
    applicationOf(
      emitted(withWorkload("checkout", { ports: [dns, ...others.map((other) => ({ ...dns, ...other }))] })),
      "cluster-paris",
      "checkout",
    ).spec.syncPolicy.syncOptions.includes("ServerSideApply=true");
  assert.ok(over({ name: "dns-tcp", protocol: "tcp" }));
  assert.ok(over({ name: "dns-tcp", protocol: "tcp", port: 54 }), "the container's ports as well");
  assert.not.ok(over());
  assert.not.ok(over({ name: "other", port: 54 }), "two numbers for one port of the container");
  assert.not.ok(over({ name: "other", port: 54, targetPort: 54, protocol: "tcp" }));
});

test("self-heal is on, unless the service pauses it", () => {
  const automated = (given: Topology) =>
    applicationOf(emitted(given), "cluster-paris", "checkout").spec.syncPolicy.automated;
  assert.equal(automated(topology), { prune: true, selfHeal: true });
  assert.equal(automated(withWorkload("checkout", { pauseSelfHeal: true })), { prune: true, selfHeal: false });
});

test("whoever holds state, or brings kinds that others use, is only removed by a person", () => {
  for (const object of objectsOf(reference).filter(({ kind }) => kind === "Application")) {
    const { name } = object.metadata;
    const guarded =
      name.startsWith("platform-") ||
      topology.workloads.some((workload) => workload.name === name && workload.kind === "stateful");
    const expected =
      name === "platform-root" ? "Prune=false,Delete=false" : guarded ? "Prune=confirm,Delete=confirm" : undefined;
    assert.is(object.metadata.annotations!["argocd.argoproj.io/sync-options"], expected, name);
  }
});

test("the root: brings its folder, waits for nothing, and takes nothing along when deleted", () => {
  const [project, root] = fileOf(reference, "generated/clusters/cluster-ultimate/argocd/root.yaml") as [
    Project,
    Application,
  ];
  assert.equal(
    project.spec.namespaceResourceWhitelist!.map(({ kind }) => kind),
    ["Application", "AppProject"],
  );
  assert.equal(
    [project.spec.clusterResourceWhitelist, project.spec.destinations.map(({ namespace }) => namespace)],
    [[], ["argocd"]],
  );
  assert.equal(
    [root.spec.sources[0]!.path, root.spec.sources[0]!.targetRevision],
    ["generated/clusters/cluster-ultimate/argocd", "env/production"],
  );
  assert.is(root.metadata["finalizers"], undefined);
  const waves = objectsOf(reference)
    .filter(({ kind }) => kind === "Application")
    .map(({ metadata }) => Number(metadata.annotations!["argocd.argoproj.io/sync-wave"]));
  assert.is(
    root.metadata.annotations!["argocd.argoproj.io/sync-wave"],
    String(Math.max(...waves)),
    "an earlier wave would wait for itself",
  );
  assert.not.ok(
    root.spec.syncPolicy.syncOptions.includes("PruneLast=true"),
    "a wave of its own for what goes would wait for every canary, and for itself",
  );
});

test("upstream charts: pinned, with our values", () => {
  const { spec } = applicationOf(reference, "cluster-paris", "platform-argo-rollouts");
  const addon = addonsOn(topology, { name: "cluster-paris" }).find(({ name }) => name === "argo-rollouts")!;
  const { repository, name, version } = addon.chart!;
  assert.equal(spec.sources, [
    {
      repoURL: repository,
      chart: name,
      targetRevision: version,
      helm: { releaseName: "argo-rollouts", valueFiles: [`$values/${addon.path}/values.yaml`] },
    },
    { repoURL: topology.repository.url, targetRevision: "main", ref: "values" },
  ]);
  const values = reference.find(({ path }) => path === `${addon.path}/values.yaml`)!;
  assert.equal(values.body, { kind: "values", name: "argo-rollouts", data: addon.values });
});

test("the bootstrap installs the version that Argo CD then keeps itself at", () => {
  const { repository, version } = addonsOn(topology, topology.management).find(
    ({ name }) => name === "argo-cd",
  )!.chart!;
  assert.ok(
    readFileSync(`${PACKAGE_ROOT}argocd/README.md`, "utf8").includes(
      `helm install argo-cd argo-cd --repo ${repository} --version ${version} `,
    ),
  );
});

test("a chart with manifests beside it has both in one Application", () => {
  const [, ours] = applicationOf(reference, "cluster-paris", "platform-prometheus").spec.sources;
  assert.equal([ours!.ref, ours!.path], ["values", "generated/clusters/cluster-paris/platform/prometheus/manifests"]);
});

test("live fields of add-ons are kept when something else is applied", () => {
  for (const addon of topology.platform.addons) {
    const { ignoreDifferences, syncPolicy } = applicationOf(reference, addon.cluster, `platform-${addon.name}`).spec;
    assert.is(ignoreDifferences?.length, addon.liveFields?.length);
    assert.is(syncPolicy.syncOptions.includes("RespectIgnoreDifferences=true"), addon.liveFields !== undefined);
    assert.is(syncPolicy.syncOptions.includes("ServerSideApply=true"), addon.serverSideApply);
  }
});

test.run();
