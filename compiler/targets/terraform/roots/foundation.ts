import { block, type HclPart } from "../../../5-emit/serialise/hcl-file.ts";
import { expr, ref } from "../../../5-emit/serialise/hcl.ts";
import { fewestParts } from "../../../facts/subnet-parts.ts";
import type { Region } from "../../../topology/clouds.ts";
import { identifier, providerOf, type Root, type RootParts } from "../root.ts";

/** A cloud's networks. On gcp one spans all regions, elsewhere each region has its own. */
export function foundationRoot(context: Root): RootParts {
  const { cloud } = context;
  // The provider works where the state store is, which stays: another region must not change whose provider one has.
  const home = cloud.stateStore.region;
  const regions = [...new Set([home, ...cloud.regions.map(({ name }) => name)])];
  const main =
    cloud.kind === "gcp"
      ? [gcpNetwork(context)]
      : cloud.regions.map((region) => regionalNetwork(context, regions, region));
  return {
    main,
    regions,
    outputs: [
      {
        name: "networks",
        description: "What clusters and runners need of each region's network.",
        value: Object.fromEntries(cloud.regions.map((region) => [region.name, networkOutputs[cloud.kind](region)])),
      },
    ],
  };
}

/** How the range is shared out, where it is not as the module does it by itself. */
function partsOf({ zones, subnet }: Region): Record<string, unknown> {
  const { count, of } = subnet.parts!;
  const isOwn = count === fewestParts(zones.length) && zones.every((zone, index) => of[zone] === index);
  return isOwn ? {} : { parts: count, part_of: of };
}

const moduleName = ({ name }: Region): string => identifier("network", name);

function gcpNetwork({ cloud, topology, module, labels }: Root): HclPart {
  const hasClusters = (region: Region) =>
    topology.clusters.some((cluster) => cluster.region.name === region.name && cluster.cloud === cloud.name);
  if (cloud.network.existing) {
    const ranges = ({ subnet }: Region) => ({
      pods_range: subnet.secondaryRanges!.pods,
      services_range: subnet.secondaryRanges!.services,
    });
    const subnets = Object.fromEntries(
      cloud.regions.map((region) => [
        region.subnet.name,
        { region: region.name, ...(hasClusters(region) ? ranges(region) : {}) },
      ]),
    );
    return block(
      "module",
      ["network"],
      { source: module("existing-network") },
      { name: cloud.network.name, project: cloud.account, subnets },
    );
  }
  const subnets = Object.fromEntries(
    cloud.regions.map((region) => {
      const { name, cidr, pods, services } = region.subnet;
      return [
        name,
        { region: region.name, cidr, ...(hasClusters(region) ? { pods_cidr: pods, services_cidr: services } : {}) },
      ];
    }),
  );
  return block(
    "module",
    ["network"],
    { source: module("network") },
    { name: cloud.network.name, project: cloud.account, subnets, labels },
  );
}

function regionalNetwork(context: Root, regions: readonly string[], region: Region): HclPart {
  const { cloud, module, labels } = context;
  const head = {
    source: module(cloud.network.existing ? "existing-network" : "network"),
    ...providerOf(context, regions, region.name),
  };
  const call = (inputs: Record<string, unknown>) => block("module", [moduleName(region)], head, inputs);
  if (cloud.kind === "aws") {
    return call(
      cloud.network.existing
        ? { name: region.subnet.name }
        : {
            name: region.subnet.name,
            cidr: region.subnet.cidr,
            zones: region.zones,
            ...partsOf(region),
            tags: labels,
          },
    );
  }
  return call(
    cloud.network.existing
      ? { name: cloud.network.name, node_subnet: region.subnet.name }
      : {
          name: region.subnet.name,
          region: region.name,
          ...(region.zones.length === 0 ? { zones: [] } : {}),
          cidr: region.subnet.cidr,
          tags: labels,
        },
  );
}

const networkOutputs = {
  gcp: ({ subnet }: Region) => ({
    network_id: ref("module.network.network_id"),
    subnet_id: ref(`module.network.subnets["${subnet.name}"].id`),
    pods_range: ref(`module.network.subnets["${subnet.name}"].pods_range`),
    services_range: ref(`module.network.subnets["${subnet.name}"].services_range`),
  }),
  aws: (region: Region) => ({
    network_id: ref(`module.${moduleName(region)}.network_id`),
    subnet_ids: expr`values(${ref(`module.${moduleName(region)}.subnet_ids`)})`,
  }),
  azure: (region: Region) => ({
    resource_group_name: ref(`module.${moduleName(region)}.resource_group_name`),
    node_subnet_id: ref(`module.${moduleName(region)}.node_subnet_id`),
    runner_subnet_id: ref(`module.${moduleName(region)}.runner_subnet_id`),
  }),
};
