import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checkModule } from "../../../lab/conformance/terraform/check-module.ts";
import { consumer } from "../../../lab/toolchain/consumer.ts";
import { projectTopology, topologyOf } from "../../../test/support/topology.ts";
import { everything } from "../../../scripts/everything/everything.ts";
import type { Ecosystem } from "../../config/model/ecosystem.ts";
import type { Topology } from "../../topology/index.ts";
import { created, existing, plain } from "./test/ecosystems.ts";
import { written } from "./test/written.ts";

const topologies: Record<string, () => Promise<Topology> | Topology> = {
  "the reference ecosystem": () => projectTopology(),
  "networks and clusters that the compiler makes": () => topologyOf(created),
  "networks and clusters that are there": () => topologyOf(existing),
  "clusters without anything special": () => topologyOf(plain),
  "a vendored library": () => topologyOf({ ...created, library: "vendored" }),
};

const terraform = consumer("terraform");
for (const [title, topology] of Object.entries(topologies)) {
  const roots = suite(`terraform: ${title}`);
  const made = Promise.resolve(topology()).then(written);
  roots("every root fits the providers' schemas and the modules that it calls", async () => {
    const { folder, roots: paths } = await made;
    assert.ok(paths.length > 5);
    for (const path of paths) assert.equal(await checkModule(join(folder, path)), [], path);
  });
  (terraform ? roots : roots.skip)("terraform fmt has nothing to change", async () => {
    const { folder } = await made;
    assert.is(
      execFileSync(terraform!, ["fmt", "-check", "-diff", "-recursive", join(folder, "generated/terraform")], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }),
      "",
    );
  });
  roots.run();
}

const test = suite("terraform: what roots say");
const main = async (config: Ecosystem, root: string) => (await written(topologyOf(config)).read(root)).module;
const versions = async (config: Ecosystem, root: string) => written(topologyOf(config)).read(root, "versions.tf");

test("an existing network on gcp says what it calls its secondary ranges", async () => {
  const { network } = await main(everything, "gcp/foundation");
  assert.equal(network[0].subnets, {
    north: { region: "europe-north1", pods_range: "gke-pods", services_range: "gke-services" },
  });
  const { gcp: cloud, ...clouds } = everything.clouds;
  const unnamed = {
    ...everything,
    clouds: {
      ...clouds,
      gcp: { ...cloud!, regions: { "europe-north1": { subnet: { name: "north", cidr: "10.0.16.0/20" as const } } } },
    },
  };
  assert.equal((await main(unnamed, "gcp/foundation")).network[0].subnets, {
    north: { region: "europe-north1", pods_range: "pods", services_range: "services" },
  });
});

test("a network that is made has ranges for pods where clusters run, and none elsewhere", async () => {
  const { network } = await main(created, "gcp/foundation");
  const { north, ...others } = network[0].subnets;
  assert.equal(north, {
    region: "europe-north1",
    cidr: "10.0.16.0/20",
    pods_cidr: "100.80.0.0/17",
    services_cidr: "172.22.0.0/20",
  });
  assert.equal(others, { "all-net-europe-west4": { region: "europe-west4", cidr: "10.0.32.0/20" } });
});

test("aws: a network and a provider for each region; where the state store is, is the default", async () => {
  const { provider } = await versions(created, "aws/foundation");
  assert.equal(
    provider.aws.map(({ region, alias }: { region: string; alias?: string }) => [region, alias]),
    [
      ["eu-west-3", undefined],
      ["eu-north-1", "eu-north-1"],
    ],
  );
  assert.ok(
    provider.aws.every(
      ({ allowed_account_ids }: { allowed_account_ids: string[] }) => allowed_account_ids[0] === "111122223333",
    ),
  );
  const networks = await main(created, "aws/foundation");
  assert.equal(
    [networks["network_eu-north-1"][0].providers, networks["network_eu-west-3"][0].providers],
    [{ aws: "${aws.eu-north-1}" }, undefined],
  );
});

test("runners: each cloud's in its own root, in their regions", async () => {
  const machines = await main(created, "aws/runners");
  assert.equal(Object.keys(machines), ["runners_north-machines", "runners_paris-machines"]);
  assert.equal(
    [machines["runners_north-machines"][0].providers, machines["runners_paris-machines"][0].providers],
    [undefined, { aws: "${aws.eu-west-3}" }],
  );
  assert.equal(Object.keys(await main(created, "gcp/runners")), ["runners_machines", "runners_west4-machines"]);
  const [west] = (await main(created, "azure/runners"))["runners_west-machines"];
  assert.equal(
    [west.key_vault_id, west.token_secret, west.runner_labels, west.zones],
    [everything.clouds.azure!.keyVault, "runner-token", ["west-machines"], ["2", "3"]],
  );
});

test("where Azure has no zones, nothing is spread over any", async () => {
  const clouds = {
    ...plain.clouds,
    azure: { ...plain.clouds.azure!, stateStore: {}, regions: { westus: { subnet: { cidr: "10.2.0.0/20" } } } },
  };
  const aks = { ...plain.clusters["aks"]!, region: "westus", highlyAvailable: false };
  const runners = { west: { ...created.runners!["west-machines"]!, region: "westus" } };
  const config = { ...plain, clouds, clusters: { ...plain.clusters, aks }, runners } as Ecosystem;
  const only = async (root: string): Promise<any> => Object.values(await main(config, root))[0];
  const [[network], [store], [cluster], [machines]] = await Promise.all(
    ["azure/foundation", "azure/state-store", "azure/aks", "azure/runners"].map(only),
  );
  assert.equal([network.zones, cluster.zones, machines.zones, store.zone_redundant], [[], [], [], false]);
  const [ofWestEurope] = Object.values(await main(plain, "azure/state-store"))[0] as any;
  assert.is(ofWestEurope.zone_redundant, undefined, "zones are the rule");
});

test("families that take no usual disk or image get their own, and the others say nothing of it", async () => {
  const pool = (machineType: string) => ({ nodePools: { main: { machineType, min: 3, max: 3 } } });
  const made = async (cluster: string, machineType: string) => {
    const clusters = { ...plain.clusters, [cluster]: { ...plain.clusters[cluster]!, ...pool(machineType) } };
    const { cloud } = plain.clusters[cluster]!;
    const root = await main({ ...plain, clusters } as Ecosystem, `${cloud}/${cluster}`);
    const { disk_type, ami_type } = root.cluster[0].node_pools.main;
    return [disk_type, ami_type];
  };
  assert.equal(await made("gke", "n4-standard-4"), ["hyperdisk-balanced", undefined]);
  assert.equal(await made("gke", "e2-standard-8"), [undefined, undefined]);
  assert.equal(await made("eks", "g5.xlarge"), [undefined, "AL2023_x86_64_NVIDIA"]);
  assert.equal(await made("eks", "m7g.xlarge"), [undefined, undefined]);
  const machines = { ...created.runners!["west4-machines"]!, region: "europe-north1", machineType: "c4a-standard-4" };
  const runners = await main({ ...plain, runners: { machines } } as Ecosystem, "gcp/runners");
  assert.is(runners["runners_machines"][0].disk_type, "hyperdisk-balanced");
});

test("runners get the repository as GitHub knows it, and the token by the secret's name in the store", async () => {
  const [pool] = (await main(created, "gcp/runners"))["runners_machines"];
  assert.equal(
    [pool.repository_url, pool.token_secret, pool.spot, pool.min, pool.max, pool.runner_labels],
    ["https://git.example/all", "runner-token", false, 1, 3, ["big"]],
  );
});

test("GKE and AKS are asked for their recommender where a workload wants one; EKS has none", async () => {
  const web = (recommend: boolean): Ecosystem => {
    const { web } = created.services;
    return {
      ...created,
      services: { ...created.services, web: { ...web!, resources: { ...web!.resources, recommend } } },
    };
  };
  const asked = async (root: string, recommend: boolean) => {
    const { vertical_pod_autoscaling, vertical_pod_autoscaler } = (await main(web(recommend), root)).cluster[0];
    return [vertical_pod_autoscaling, vertical_pod_autoscaler];
  };
  assert.equal(await asked("gcp/gke", true), [true, undefined]);
  assert.equal(await asked("azure/aks", true), [undefined, true]);
  assert.equal(await asked("aws/eks", true), [undefined, undefined]);
  for (const root of ["gcp/gke", "azure/aks", "aws/eks"])
    assert.equal(await asked(root, false), [undefined, undefined]);
});

test("runners reach private API servers: from the whole network on gcp, from the cluster's own on aws", async () => {
  assert.equal((await main(created, "gcp/gke")).cluster[0].private_client_cidrs, ["10.0.16.0/20", "10.0.32.0/20"]);
  assert.equal((await main(created, "aws/eks")).cluster[0].private_client_cidrs, ["10.1.0.0/18"]);
  assert.is((await main(created, "azure/aks")).cluster[0].private_client_cidrs, undefined);
  assert.is((await main(plain, "gcp/gke")).cluster[0].private_client_cidrs, undefined);
});

test("authorized networks count where the endpoint is public alone", async () => {
  const cidrs = async (open: boolean) => {
    const gke = {
      ...created.clusters["gke"]!,
      endpoint: { public: open, authorizedNetworks: ["203.0.113.0/24", "192.0.2.0/24"] as const },
    };
    return (await main({ ...created, clusters: { ...created.clusters, gke } }, "gcp/gke")).cluster[0].authorized_cidrs;
  };
  assert.equal([await cidrs(true), await cidrs(false)], [["192.0.2.0/24", "203.0.113.0/24"], []]);
});

test("admins: access entries on aws, groups on azure, nobody by default", async () => {
  assert.equal((await main(created, "aws/eks")).cluster[0].access, {
    "admin-0": { principal_arn: "arn:aws:iam::111122223333:role/platform", policy: "AmazonEKSClusterAdminPolicy" },
  });
  assert.equal((await main(created, "azure/aks")).cluster[0].admin_group_ids, ["00000000-0000-0000-0000-000000000003"]);
  assert.equal(
    [(await main(plain, "aws/eks")).cluster[0].access, (await main(plain, "azure/aks")).cluster[0].admin_group_ids],
    [undefined, undefined],
  );
});

test("a highly available GKE cluster lives in its region, another in one zone", async () => {
  const place = async (highlyAvailable: boolean, config = created) => {
    const [cluster] = (
      await main(
        { ...config, clusters: { ...config.clusters, gke: { ...config.clusters["gke"]!, highlyAvailable } } },
        "gcp/gke",
      )
    ).cluster;
    return [cluster.location, cluster.zones];
  };
  assert.equal(await place(true), ["europe-north1", ["europe-north1-a", "europe-north1-b", "europe-north1-c"]]);
  assert.equal(await place(false), ["europe-north1-a", undefined]);
  assert.equal(
    [await place(true, plain), await place(false, plain)],
    [
      ["europe-north1", undefined],
      ["europe-north1-b", undefined],
    ],
  );
});

test("a pool is its numbers, with disks in whole gibibytes", async () => {
  const nodePools = { main: { ...created.clusters["gke"]!.nodePools["main"]!, disk: "1.5Ti" as const } };
  const [cluster] = (
    await main(
      { ...created, clusters: { ...created.clusters, gke: { ...created.clusters["gke"]!, nodePools } } },
      "gcp/gke",
    )
  ).cluster;
  assert.equal(cluster.node_pools.main, {
    machine_type: "e2-standard-8",
    spot: true,
    min: 3,
    max: 9,
    initial: 4,
    disk_gb: 1536,
    labels: { a: "b", "example.com/disk": "fast" },
    taints: [{ effect: "NoSchedule", key: "example.com/only", value: "batch" }],
  });
});

test("every root but the store keeps its state in the store, under its own key", async () => {
  const topology = topologyOf(created);
  const { read } = written(topology);
  const keys = new Set<string>();
  for (const { name, kind } of topology.terraformRoots) {
    const [{ backend }] = (await read(name, "versions.tf")).terraform;
    if (kind === "state-store") assert.is(backend, undefined, name);
    else keys.add(JSON.stringify(backend));
  }
  assert.is(keys.size, topology.terraformRoots.length - 3);
});

test("a cluster's root reads the state of its cloud's foundation", async () => {
  for (const [root, type] of [
    ["gcp/gke", "gcs"],
    ["aws/eks", "s3"],
    ["azure/aks", "azurerm"],
  ] as const) {
    const { read } = written(topologyOf(created));
    const [{ backend }] = (await read(root.replace(/\/.*/, "/foundation"), "versions.tf")).terraform;
    const [{ backend: read_, config }] = (await read(root)).data.terraform_remote_state.foundation;
    assert.is(read_, type);
    assert.equal(config, backend[type][0], root);
  }
});

test.run();
