import { suite } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import type { Addon } from "../config/model/addons.ts";
import { NAMESPACES } from "../facts/names.ts";
import { lowerAddons } from "./addons.ts";

const test = suite("add-ons of the config");

const chart = { repository: "https://strimzi.io/charts", name: "strimzi-kafka-operator" };
const least: Addon = { chart, version: "0.46.0", images: ["quay.io/strimzi/"] };
const lowered = (addon: Partial<Addon> = {}) =>
  lowerAddons({ ...base, addons: { strimzi: { ...least, ...addon } } })[0]!;

test("what is left out", () =>
  assert.equal(lowered(), {
    name: "strimzi",
    source: "addons.strimzi",
    namespace: "strimzi",
    clusters: ["main", "test"],
    stage: "controllers",
    chart: { ...chart, version: "0.46.0" },
    values: {},
    images: [{ name: "quay.io/strimzi" }],
    workloadKinds: [],
    clusterKinds: [],
  }));

const CLUSTERS: [said: Addon["clusters"], expected: string[]][] = [
  ["all", ["main", "test"]],
  [
    ["test", "main"],
    ["main", "test"],
  ],
  [["test"], ["test"]],
  [{ environments: ["production"] }, ["main"]],
  [{ environments: [] }, []],
];
for (const [clusters, expected] of CLUSTERS)
  test(`on ${JSON.stringify(clusters)}`, () => assert.equal(lowered({ clusters: clusters! }).clusters, expected));

test("images in the order in which they are named, with the values that say them", () => {
  const { images } = lowered({
    images: [
      { name: "quay.io/strimzi/operator", registry: "image.registry", repository: "image.repository" },
      "docker.io/library/busybox",
      { name: "ghcr.io/acme/init", repository: "init.image" },
    ],
  });
  assert.equal(images, [
    { name: "quay.io/strimzi/operator", values: { repository: "image.repository", registry: "image.registry" } },
    { name: "docker.io/library/busybox" },
    { name: "ghcr.io/acme/init", values: { repository: "init.image" } },
  ]);
});

test("what is said is taken over", () => {
  const {
    chart: pinned,
    namespace,
    stage,
    values,
    namespaceNeeds,
  } = lowered({
    since: "0.45.0",
    namespace: "kafka-operator",
    stage: "secrets",
    values: { b: [{ d: 1, c: null }], a: true },
    podSecurity: { level: "baseline", reason: "no seccomp" },
  });
  assert.equal(pinned, { ...chart, version: "0.46.0", since: "0.45.0" });
  assert.equal([namespace, stage], ["kafka-operator", "secrets"]);
  assert.is(JSON.stringify(values), '{"a":true,"b":[{"c":null,"d":1}]}', "whatever the order of keys");
  assert.equal(namespaceNeeds, { level: "baseline", reason: "no seccomp" });
});

test("kinds are told by group and name, each once, in one order", () =>
  assert.equal(lowered({ crds: ["z.example/B", "Node", "a.example/C"] }).workloadKinds, [
    { group: "", kind: "Node" },
    { group: "a.example", kind: "C" },
    { group: "z.example", kind: "B" },
  ]));

test("ends of connections that have a word", () => {
  const pods = { app: "operator" };
  const prometheus = { namespace: NAMESPACES.monitoring, pods: { "app.kubernetes.io/name": "prometheus" } };
  const { network } = lowered({
    network: {
      operator: {
        pods,
        accepts: [{ from: "prometheus", ports: [8080] }, { from: "every-pod" }],
        reaches: [
          { to: "api-server" },
          { to: "api-server", ports: [6443] },
          { to: "prometheus" },
          { to: { namespace: "shop", pods: { app: "kafka" } }, udp: [53] },
        ],
      },
      idle: { pods: {} },
    },
  });
  assert.equal(network, {
    idle: { pods: {}, accepts: [], reaches: [] },
    operator: {
      pods,
      accepts: [{ from: prometheus, ports: [8080] }, { from: "every-pod" }],
      reaches: [
        { to: "anywhere", ports: [443] },
        { to: "anywhere", ports: [6443] },
        { to: prometheus, ports: [9090] },
        { to: { namespace: "shop", pods: { app: "kafka" } }, udp: [53] },
      ],
    },
  });
});

test.run();
