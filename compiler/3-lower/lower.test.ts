import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { tunable } from "../config/define.ts";
import { everything } from "../../scripts/everything/everything.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Service } from "../config/model/services.ts";
import { parsePath, valueAt } from "../diagnostics/config-path.ts";
import { validate } from "../2-validate/index.ts";
import { topologyOf } from "../../test/support/topology.ts";
import { lower } from "./index.ts";
import type { Workload } from "../topology/workloads.ts";

const DIGEST = `sha256:${"ab12".repeat(16)}` as const;
const IMAGE = { team: "crew", image: "registry.example/crew/x" } as const;

/** The workloads of these services, beside those of the ecosystem that writes everything. */
function workloads(
  services: Record<string, Partial<Service>>,
  images?: unknown,
): (service: string, cluster: string) => Workload {
  const added = Object.fromEntries(
    Object.entries(services).map(([name, service]) => [name, { ...IMAGE, placement: "all", ...service }]),
  ) as Ecosystem["services"];
  const topology = topologyOf({ ...everything, services: { ...everything.services, ...added } }, images);
  return (service, cluster) => {
    const found = topology.workloads.find((workload) => workload.name === service && workload.cluster.name === cluster);
    if (found === undefined) throw new Error(`${service} does not run on ${cluster}`);
    return found;
  };
}

test("environments stand in the order of promotion, whatever the order of their keys", () => {
  const { environments } = topologyOf(everything);
  assert.equal(
    environments.map(({ name, order, production, pointer, revision }) => [name, order, production, pointer, revision]),
    [
      ["first", 0, false, false, "trunk"],
      ["trial", 1, false, true, "env/trial"],
      ["live", 2, true, true, "env/live"],
    ],
  );
});

test("approval and who applies follow from an environment's place", () => {
  const environments = { c: { after: "b" }, a: {}, b: { after: "a" } };
  const clusters = Object.fromEntries(
    Object.entries(everything.clusters).map(([name, cluster], index) => [
      name,
      { ...cluster, environment: ["a", "b", "c"][index]! },
    ]),
  ) as Ecosystem["clusters"];
  const { gcp, aws, azure } = everything.clouds;
  const topology = topologyOf({
    ...everything,
    targets: { opa: false },
    clouds: {
      gcp: { ...gcp!, foundation: {} },
      aws: { ...aws!, foundation: {} },
      azure: { ...azure!, foundation: {} },
    },
    environments,
    teams: { crew: { contact: "#crew" } },
    clusters,
    runners: {},
    registries: {},
    secrets: {},
    services: {},
    externals: {},
    addons: {},
    resilience: undefined,
    budgets: {},
    patches: [],
    continuity: undefined,
  });
  assert.equal(
    topology.environments.map(({ name, approval, apply }) => [name, approval, apply]),
    [
      ["a", false, "continuous"],
      ["b", true, "continuous"],
      ["c", true, "gated"],
    ],
  );
});

test("placement: clusters, environments, all, and nowhere", () => {
  const at = workloads({
    some: { placement: { clusters: ["gke", "aks"] } },
    stages: { placement: { environments: ["live", "trial"] } },
    all: { placement: "all" },
    nowhere: { placement: { clusters: [] } },
  });
  const clusters = (service: string) =>
    ["aks", "eks", "gke"].filter((cluster) => {
      try {
        return at(service, cluster).cluster.name === cluster;
      } catch {
        return false;
      }
    });
  assert.equal(["some", "stages", "all", "nowhere"].map(clusters), [
    ["aks", "gke"],
    ["eks", "gke"],
    ["aks", "eks", "gke"],
    [],
  ]);
});

test("how many pods: two in the last environment, one before it, one of what is no service", () => {
  const at = workloads({ web2: {}, job: { kind: "job" }, state: { kind: "stateful" } });
  const pods = (service: string, cluster: string) => [
    at(service, cluster).scaling.min,
    at(service, cluster).scaling.max,
    at(service, cluster).scaling.fixed,
  ];
  assert.equal(
    [pods("web2", "gke"), pods("web2", "eks"), pods("job", "gke"), pods("state", "gke")],
    [
      [2, 2, true],
      [1, 1, true],
      [1, 1, true],
      [1, 1, true],
    ],
  );
});

test("what differs changes its place alone, field by field, and a cluster counts for more than its environment", () => {
  const at = workloads({
    layered: {
      scaling: { min: 3, max: 3, cpu: "60%" },
      resources: { cpu: "300m", memory: "300Mi" },
      config: { env: { A: "base", B: "base" }, files: { "a.txt": "base" }, mountPath: "/base" },
      on: {
        aks: {
          scaling: { max: 4, cpu: "90%" },
          config: { env: { C: "two" }, files: { "b.txt": "two" } },
        },
      },
      in: {
        first: {
          scaling: { min: 1, max: 2 },
          resources: { memory: "100Mi" },
          config: { env: { B: "one", C: "one" } },
        },
        trial: { scaling: { min: 9, max: 9 } },
      },
    },
  });
  const live = at("layered", "gke");
  assert.equal(
    [live.scaling.min, live.scaling.max, live.scaling.cpu, live.resources.cpu, live.resources.memory, live.config.env],
    [3, 3, 60, "300m", "300Mi", { A: "base", B: "base" }],
  );
  assert.equal(
    [live.scaling.source, live.resources.source, live.config.source],
    ["services.layered.scaling", "services.layered.resources", "services.layered.config"],
  );

  const first = at("layered", "aks");
  assert.equal([first.scaling.min, first.scaling.max, first.scaling.cpu, first.scaling.fixed], [1, 4, 90, false]);
  assert.equal([first.resources.cpu, first.resources.memory], ["300m", "100Mi"]);
  assert.equal(first.config, {
    source: "services.layered.on.aks.config",
    env: { A: "base", B: "one", C: "two" },
    fields: {},
    keys: {},
    rendered: {},
    files: { "a.txt": "base", "b.txt": "two" },
    mountPath: "/base",
  });
  assert.equal(
    [first.scaling.source, first.resources.source],
    ["services.layered.on.aks.scaling", "services.layered.in.first.resources"],
  );

  assert.equal(
    [at("layered", "eks").scaling.min, at("layered", "eks").scaling.source],
    [9, "services.layered.in.trial.scaling"],
  );
});

test("the limit of processor time is twice what is asked for, also of a tuned value", () => {
  const at = workloads({
    plain: { resources: { cpu: "150m" } },
    cores: { resources: { cpu: "1.5" } },
    tuned: { resources: { cpu: tunable({ default: "200m", min: "100m", max: "1" }) } },
    own: { resources: { cpu: "1", cpuLimit: "3" } },
  });
  assert.equal(
    ["plain", "cores", "tuned", "own"].map((service) => at(service, "gke").resources.cpuLimit),
    ["300m", "3000m", "400m", "3"],
  );
});

test("a digest is that of the service and the environment; a tag stands where there is none", () => {
  const at = workloads({ tagged: { tag: "v9" } }, { web: { live: DIGEST }, tagged: { first: DIGEST } });
  assert.equal([at("web", "gke").image.digest, at("web", "eks").image.digest], [DIGEST, undefined]);
  assert.equal(
    (["aks", "gke"] as const).map((cluster) => {
      const { digest, tag } = at("tagged", cluster).image;
      return [digest, tag];
    }),
    [
      [DIGEST, undefined],
      [undefined, "v9"],
    ],
  );
});

test("dependencies and callers are peers where both run, by the container's port", () => {
  const at = workloads({
    caller: {
      placement: { clusters: ["gke", "eks"] },
      dependsOn: [
        { service: "callee", port: 80 },
        { service: "away", port: 80 },
      ],
    },
    callee: { placement: { clusters: ["gke"] }, ports: { http: { port: 80, targetPort: 8080 }, other: { port: 81 } } },
    away: { placement: { clusters: ["aks"] }, ports: { http: { port: 80 } } },
  });
  const peer = {
    name: "callee",
    namespace: "crew-apps",
    selector: { "app.kubernetes.io/name": "callee" },
    ports: [{ port: 8080, transport: "TCP" }],
  };
  assert.equal(at("caller", "gke").dependsOn, [
    { source: "services.caller.dependsOn[0]", service: "callee", port: 80, critical: true, peer },
    { source: "services.caller.dependsOn[1]", service: "away", port: 80, critical: true },
  ]);
  assert.equal(
    at("caller", "eks").dependsOn.map(({ peer }) => peer),
    [undefined, undefined],
  );
  assert.equal(at("callee", "gke").calledBy, [
    {
      name: "caller",
      namespace: "crew-apps",
      selector: { "app.kubernetes.io/name": "caller" },
      ports: [{ port: 8080, transport: "TCP" }],
    },
  ]);
  assert.equal(at("away", "aks").calledBy, []);
});

test("a number that is open for TCP and UDP is called by both, each at its port of the container", () => {
  const at = workloads({
    caller: { placement: { clusters: ["gke"] }, dependsOn: [{ service: "dns", port: 53 }] },
    dns: {
      placement: { clusters: ["gke"] },
      ports: {
        "dns-tcp": { port: 53, targetPort: 5354, protocol: "tcp" },
        dns: { port: 53, targetPort: 5353, protocol: "udp" },
        stats: { port: 8080 },
      },
    },
  });
  const ports = [
    { port: 5353, transport: "UDP" },
    { port: 5354, transport: "TCP" },
  ];
  assert.equal(at("caller", "gke").dependsOn[0]!.peer!.ports, ports);
  assert.equal(at("dns", "gke").calledBy[0]!.ports, ports);
});

test("experiments are those of released environments; the switch takes them all", () => {
  const at = workloads({});
  assert.equal(
    [at("web", "gke").experiments.length, at("web", "eks").experiments.length, at("web", "aks").experiments.length],
    [9, 0, 9],
  );
  const off = topologyOf({ ...everything, resilience: { ...everything.resilience!, enabled: false } });
  assert.ok(off.workloads.every(({ experiments }) => experiments.length === 0));
});

const accepting = (changes: Record<string, number | string>) => {
  const tuning = {
    format_version: 1,
    proposals: [
      {
        id: "p",
        component: "optimizer",
        acceptedAt: "2026-11-01T00:00:00Z",
        expiresAt: "2026-11-02T00:00:00Z",
        changes: Object.entries(changes).map(([tunable, value]) => ({ tunable, value })),
        evidence: { inputs: {}, engine: "classical" },
      },
    ],
  };
  const validated = validate({ config: everything, images: undefined, tuning });
  assert.equal(validated.diagnostics, []);
  return validated;
};

test("tunables become numbers: the current value, the lowest and the highest", () => {
  const validated = validate({ config: everything, images: undefined, tuning: undefined });
  const scaling = (point: "current" | "min" | "max") => {
    const { min, max } = lower(validated, point).workloads.find(
      ({ name, cluster }) => name === "web" && cluster.name === "gke",
    )!.scaling;
    return [min, max];
  };
  assert.equal(
    [scaling("current"), scaling("min"), scaling("max")],
    [
      [3, 8],
      [2, 8],
      [6, 12],
    ],
  );
});

test("an accepted value is the current one; the bounds stay", () => {
  const topology = lower(
    accepting({
      "services.web.scaling.min": 4,
      "services.web.resources.cpu": "250m",
      "rollouts.steps.steps[0].weight": 15,
      "services.web.in.first.scaling.min": 2,
      "clusters.gke.nodePools.main.min": 5,
    }),
  );
  const web = (cluster: string) =>
    topology.workloads.find((workload) => workload.name === "web" && workload.cluster.name === cluster)!;
  assert.equal(
    [web("gke").scaling.min, web("aks").scaling.min, web("gke").resources.cpu, web("gke").resources.cpuLimit],
    [4, 2, "250m", "1"],
  );
  assert.is(topology.clusters.find(({ name }) => name === "gke")!.nodePools[0]!.min, 5);
  const strategy = topology.strategies.find(({ name }) => name === "steps")!;
  assert.is(strategy.kind === "canary" && strategy.steps[0]!.weight, 15);
  assert.equal(
    topology.tunables.find(({ source }) => source === "services.web.scaling.min"),
    { source: "services.web.scaling.min", current: 4, default: 3, min: 2, max: 6, step: 2 },
  );
});

test("every tunable of the config is one of the topology, once", () => {
  const paths: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (value === null || typeof value !== "object") return;
    if ((value as { kind?: string }).kind === "tunable") return void paths.push(path);
    for (const [key, child] of Object.entries(value))
      visit(child, Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`);
  };
  visit(everything, "");
  assert.ok(paths.length >= 10);
  assert.equal(
    topologyOf(everything).tunables.map(({ source }) => source),
    paths.sort(),
  );
});

test("a pair of tuned bounds keeps its autoscaler where they meet", () => {
  const at = workloads({ met: { scaling: { min: tunable({ default: 4, min: 2, max: 4 }), max: 4 } } });
  assert.is(at("met", "gke").scaling.fixed, false);
});

test("every source is a path of the config, or of where it could be written", () => {
  const topology = topologyOf(everything);
  const sources = new Set<string>();
  JSON.stringify(topology, (key, value: unknown) => {
    if (key === "source" && typeof value === "string") sources.add(value);
    return value;
  });
  for (const source of sources) {
    const segments = parsePath(source);
    // Its parent stands in the config, or the default's section does.
    const written = segments
      .map((_, index) => valueAt(everything, segments.slice(0, segments.length - index)))
      .find((value) => value !== undefined);
    assert.ok(source === "" || written !== undefined, source);
  }
  assert.ok(sources.size > 150, String(sources.size));
});

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((child) => shuffled(child, random));
  if (value === null || typeof value !== "object") return value;
  const keys = Object.entries(value).map(([key, child]) => ({ key, child, rank: random() }));
  return Object.fromEntries(
    keys.sort((a, b) => a.rank - b.rank).map(({ key, child }) => [key, shuffled(child, random)]),
  );
}

test("the order of keys in the config changes nothing, not even the order of keys in the topology", () => {
  const expected = JSON.stringify(topologyOf(everything));
  fc.assert(
    fc.property(
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (ranks) =>
        JSON.stringify(topologyOf(shuffled(everything, () => ranks.next().value as number) as Ecosystem)) === expected,
    ),
    { numRuns: 15 },
  );
});

test("lower changes nothing in its input", () => {
  const before = structuredClone(everything);
  topologyOf(everything);
  assert.equal(everything, before);
});

test.run();
