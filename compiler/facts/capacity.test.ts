import { test } from "uvu";
import * as assert from "uvu/assert";
import { base } from "../../test/errors/base.ts";
import { topologyOf } from "../../test/support/topology.ts";
import type { Topology } from "../topology/index.ts";
import { capacities, daemonsOnNodes, fits } from "./capacity.ts";
import { machines } from "./machines/index.ts";

const GIB = 2 ** 30;
const round = (value: number) => Number(value.toFixed(2));

/** One pool of one node and nothing on it. */
function emptyNode(cloud: "gcp" | "aws" | "azure", machineType: string, region: string): Topology {
  const topology = topologyOf(base);
  const [cluster] = topology.clusters;
  const pool = { ...cluster!.nodePools[0]!, machineType, min: 1, max: 1 };
  return {
    ...topology,
    workloads: [],
    clusters: [{ ...cluster!, cloudKind: cloud, region: { ...cluster!.region, name: region }, nodePools: [pool] }],
    platform: { ...topology.platform, addons: [] },
  };
}

/** What the vendors' own pages print for these machines, as far as they do. */
const nodes: Record<
  string,
  [cloud: "gcp" | "aws" | "azure", machineType: string, region: string, cores: number, gibibytes: number]
> = {
  // https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes: 940 mCPU of e2-medium, 3,920 of four
  // cores; 25 % of 4 GiB, 20 % of the next 4, 10 % of the next 8
  "e2-medium": ["gcp", "e2-medium", "europe-west1", 0.94, 4 - 1 - 100 / 1024],
  "e2-standard-4": ["gcp", "e2-standard-4", "europe-west1", 3.92, 16 - 1 - 0.8 - 0.8 - 100 / 1024],
  // EKS: 80 mCPU of four cores; 255 MiB and 11 MiB for each of 58 pods, 100 MiB for eviction
  "m6i.xlarge": ["aws", "m6i.xlarge", "eu-west-3", 3.92, 16 - (255 + 11 * 58 + 100) / 1024],
  "m6i.large": ["aws", "m6i.large", "eu-west-3", 1.93, 8 - (255 + 11 * 29 + 100) / 1024],
  "m6i.4xlarge": ["aws", "m6i.4xlarge", "eu-west-3", 15.89, 64 - (255 + 11 * 234 + 100) / 1024],
  // https://learn.microsoft.com/azure/aks/node-resource-reservations: 140 mCPU of four cores; 20 MB per pod and 50 MB,
  // 100 MiB for eviction
  Standard_D4s_v5: ["azure", "Standard_D4s_v5", "westeurope", 3.86, 16 - 2250e6 / GIB - 100 / 1024],
};

for (const [name, [cloud, machineType, region, cores, gibibytes]] of Object.entries(nodes)) {
  test(`what a node of ${name} leaves to pods`, () => {
    const [capacity] = capacities(emptyNode(cloud, machineType, region), machines());
    assert.equal(
      [round(capacity!.supply.cores), round(capacity!.supply.bytes / GIB)],
      [round(cores), round(gibibytes)],
    );
  });
}

test("what fills a node to its last byte fits", () => {
  const node = { cores: 4, bytes: 8 * GIB };
  assert.ok(fits(node, node));
  assert.not(fits({ ...node, cores: 4.1 }, node));
  assert.not(fits({ ...node, bytes: node.bytes + 1 }, node));
});

test("pods count with their sidecars, at their fewest and at their most; jobs do not", () => {
  const topology = topologyOf({
    ...base,
    services: {
      ...base.services,
      report: { team: "shop", kind: "job", image: "ghcr.io/acme/report", placement: "all", resources: { cpu: "4" } },
    },
  });
  const istiod = topology.platform.addons.filter(({ name }) => name === "istiod");
  const platform = { ...topology.platform, addons: istiod.map((addon) => ({ ...addon, values: {} })) };
  const main = capacities({ ...topology, platform }, machines()).find(({ cluster }) => cluster.name === "main")!;
  // web: 2 to 4, api: 2; each asks for 100m and 128Mi, and so does its sidecar
  assert.equal([round(main.fewest.cores), round(main.fewest.bytes / GIB)], [0.8, 1]);
  assert.equal([round(main.most.cores), round(main.most.bytes / GIB)], [1.2, 1.5]);
});

test("add-ons ask once for their pods, and on every node for their daemons", () => {
  const topology = emptyNode("gcp", "e2-standard-4", "europe-west1");
  const values = {
    controller: { replicas: 2, resources: { requests: { cpu: "100m", memory: "256Mi" } } },
    chaosDaemon: { resources: { requests: { cpu: "50m", memory: "128Mi" } } },
    agents: { "prometheus-node-exporter": { resources: { requests: { cpu: "10m" } } } },
    storage: { resources: { requests: { storage: "50Gi" } } },
    redisSecretInit: { resources: { requests: { cpu: "1" } } },
  };
  const [cluster] = topology.clusters;
  const addon = {
    source: "clusters.main",
    name: "some",
    namespace: "some",
    wave: 0,
    cluster: cluster!.name,
    target: "test",
    serverSideApply: false,
    path: "",
    values,
    pods: { onEachNode: ["chaosDaemon", "prometheus-node-exporter"], thatEnd: ["redisSecretInit"] },
  };
  const [capacity] = capacities(
    {
      ...topology,
      clusters: [{ ...cluster!, nodePools: [{ ...cluster!.nodePools[0]!, max: 3 }] }],
      platform: { ...topology.platform, addons: [addon] },
    },
    machines(),
  );
  assert.equal([round(capacity!.fewest.cores), round(capacity!.fewest.bytes / GIB)], [0.2, 0.5]);
  assert.is(round(capacity!.supply.cores), round(3 * (3.92 - 0.05 - 0.01)));
});

test("a service's daemon asks on each node that it is on, and never by its number", () => {
  const pools = {
    general: { machineType: "e2-standard-4", min: 1, max: 3 },
    batch: {
      machineType: "e2-standard-4",
      min: 1,
      max: 5,
      taints: [{ key: "dedicated", value: "batch", effect: "NoSchedule" as const }],
    },
  };
  const daemon = {
    team: "shop",
    kind: "daemon",
    image: "ghcr.io/acme/agent",
    placement: { clusters: ["main"] },
  } as const;
  const { main } = base.clusters;
  const topology = topologyOf({
    ...base,
    clusters: { ...base.clusters, main: { ...main!, nodePools: pools } as NonNullable<typeof main> },
    security: { ...base.security, mesh: { enabled: false } },
    services: {
      open: { ...daemon, resources: { cpu: "100m" } },
      every: { ...daemon, everyNode: true, resources: { cpu: "200m" } },
      own: { ...daemon, pool: "batch", resources: { cpu: "400m" } },
    },
  });
  const bare = { ...topology, platform: { ...topology.platform, addons: [] } };
  const here = capacities(bare, machines()).filter(({ cluster }) => cluster.name === "main");
  assert.equal(
    here.map(({ pool, supply, most }) => [pool?.name ?? "open", round(supply.cores), most.cores]),
    [
      ["open", round(3 * (3.92 - 0.1 - 0.2)), 0],
      ["batch", round(5 * (3.92 - 0.2 - 0.4)), 0],
    ],
  );
  assert.equal(
    daemonsOnNodes(bare, machines()).map(({ pool, daemons, asked }) => [
      pool.name,
      daemons.map(({ name }) => name),
      round(asked.cores),
    ]),
    [
      ["batch", ["every", "own"], 0.6],
      ["general", ["every", "open"], 0.3],
    ],
  );
});

test("a cluster with a machine of unknown size is not judged", () => {
  const topology = emptyNode("gcp", "e9-standard-4", "europe-west1");
  assert.equal(capacities(topology, machines()), []);
  const [cluster] = topology.clusters;
  const pools = [...cluster!.nodePools, { ...cluster!.nodePools[0]!, name: "known", machineType: "e2-standard-4" }];
  assert.equal(capacities({ ...topology, clusters: [{ ...cluster!, nodePools: pools }] }, machines()), []);
});

test.run();
