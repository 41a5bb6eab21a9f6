import { bytes } from "../../../config/units.ts";
import { block } from "../../../5-emit/serialise/hcl-file.ts";
import { ref } from "../../../5-emit/serialise/hcl.ts";
import { clustersThatRecommend } from "../../../facts/recommendations.ts";
import { gkeLocation } from "../../../facts/gke-location.ts";
import type { CloudKind } from "../../../config/model/clouds.ts";
import type { Cluster, NodePool } from "../../../topology/clusters.ts";
import type { Runner, VmRunner } from "../../../topology/runners.ts";
import { foundationState, type Output, type Root, type RootParts } from "../root.ts";
import { workloadIdentities } from "./workload-identities.ts";

/** One cluster with its pools, and what its add-ons may do in the cloud. What others need of it stands in the outputs. */
export function clusterRoot(context: Root): RootParts {
  const { topology, root, module } = context;
  const cluster = topology.clusters.find(({ name }) => name === root.cluster)!;
  const foundation = foundationState(context);
  const inputs = cluster.existing
    ? existing[cluster.cloudKind](cluster, foundation.network)
    : created[cluster.cloudKind](cluster, foundation.network, context);
  const identities = workloadIdentities(context, cluster);
  const needsFoundation = !cluster.existing || cluster.cloudKind === "azure";
  return {
    main: [
      ...(needsFoundation ? [foundation.data] : []),
      block(
        "module",
        ["cluster"],
        { source: module(cluster.existing ? "existing-cluster" : MODULES[cluster.cloudKind]) },
        inputs,
      ),
      ...identities.main,
    ],
    outputs: [...COMMON_OUTPUTS, ...OWN_OUTPUTS[cluster.cloudKind], ...identities.outputs],
    regions: [cluster.region.name],
  };
}

type Network = ReturnType<typeof foundationState>["network"];

const MODULES: Record<CloudKind, string> = { gcp: "gke", aws: "eks", azure: "aks" };

const created: Record<CloudKind, (cluster: Cluster, network: Network, context: Root) => Record<string, unknown>> = {
  gcp: (cluster, network, { topology, labels }) => ({
    ...shared(cluster),
    ...privateClients(topology.runners, () => true, cluster),
    project: cluster.account,
    location: gkeLocation(cluster),
    ...(cluster.region.zones.length > 0 && cluster.highlyAvailable ? { zones: cluster.region.zones } : {}),
    network_id: network(cluster.region.name, "network_id"),
    subnet_id: network(cluster.region.name, "subnet_id"),
    pods_range: network(cluster.region.name, "pods_range"),
    services_range: network(cluster.region.name, "services_range"),
    ...(clustersThatRecommend(topology).has(cluster.name) ? { vertical_pod_autoscaling: true } : {}),
    labels,
  }),
  aws: (cluster, network, { topology, labels }) => ({
    ...shared(cluster),
    ...privateClients(topology.runners, ({ region }) => region.name === cluster.region.name, cluster),
    subnet_ids: network(cluster.region.name, "subnet_ids"),
    service_cidr: cluster.region.subnet.services,
    ...(cluster.admins.length === 0
      ? {}
      : {
          access: Object.fromEntries(
            cluster.admins.map((principal, index) => [
              `admin-${index}`,
              { principal_arn: principal, policy: "AmazonEKSClusterAdminPolicy" },
            ]),
          ),
        }),
    tags: labels,
  }),
  azure: (cluster, network, { topology, labels }) => ({
    ...shared(cluster),
    resource_group_name: network(cluster.region.name, "resource_group_name"),
    region: cluster.region.name,
    zones: cluster.highlyAvailable ? cluster.region.zones : cluster.region.zones.slice(0, 1),
    subnet_id: network(cluster.region.name, "node_subnet_id"),
    pod_cidr: cluster.region.subnet.pods,
    service_cidr: cluster.region.subnet.services,
    ...(clustersThatRecommend(topology).has(cluster.name) ? { vertical_pod_autoscaler: true } : {}),
    ...(cluster.admins.length === 0 ? {} : { admin_group_ids: cluster.admins }),
    tags: labels,
  }),
};

const existing: Record<CloudKind, (cluster: Cluster, network: Network) => Record<string, unknown>> = {
  gcp: (cluster) => ({ name: cluster.name, project: cluster.account, location: gkeLocation(cluster) }),
  aws: ({ name }) => ({ name }),
  azure: ({ name, region }, network) => ({ name, resource_group_name: network(region.name, "resource_group_name") }),
};

const shared = ({ name, version, endpoint, nodePools }: Cluster) => ({
  name,
  kubernetes_version: version,
  authorized_cidrs: endpoint.public ? endpoint.authorizedNetworks : [],
  node_pools: Object.fromEntries(nodePools.map((pool) => [pool.name, nodePool(pool)])),
});

/**
 * Runners that apply Terraform or test against the cluster reach its private endpoint: on gcp from any region of the
 * one network, on aws from the cluster's own VPC. AKS lets in whoever is in its network.
 */
function privateClients(
  runners: readonly Runner[],
  isNear: (runner: VmRunner) => boolean,
  { cloud }: Cluster,
): Record<string, unknown> {
  const near = runners.filter(
    (runner): runner is VmRunner => runner.kind === "vm" && runner.cloud === cloud && isNear(runner),
  );
  const cidrs = [...new Set(near.map(({ region }) => region.subnet.cidr))].sort();
  return cidrs.length === 0 ? {} : { private_client_cidrs: cidrs };
}

const nodePool = ({ machineType, spot, min, max, initial, disk, bootDisk, image, labels, taints }: NodePool) => ({
  machine_type: machineType,
  spot,
  min,
  max,
  initial,
  disk_gb: Math.ceil(bytes(disk) / 2 ** 30),
  ...(bootDisk === undefined ? {} : { disk_type: bootDisk }),
  ...(image === undefined ? {} : { ami_type: image }),
  ...(Object.keys(labels).length === 0 ? {} : { labels }),
  ...(taints.length === 0 ? {} : { taints }),
});

const output = (name: string, description: string, sensitive = false): Output => ({
  name,
  description,
  value: ref(`module.cluster.${name}`),
  ...(sensitive ? { sensitive } : {}),
});

const COMMON_OUTPUTS: readonly Output[] = [
  output("cluster_name", "Name of the cluster."),
  output("cluster_id", "Id of the cluster in its cloud."),
  output("endpoint", "Address of the API server.", true),
  output("ca_certificate", "Certificate authority of the API server, base64.", true),
  output("oidc_issuer", "Issuer of the service accounts' tokens."),
  output("node_identities", "Identities of the nodes, by pool."),
];

const OWN_OUTPUTS: Record<CloudKind, readonly Output[]> = {
  gcp: [output("workload_identity_pool", "Pool of the workloads' identities.")],
  aws: [output("oidc_provider_id", "IAM's OIDC provider of the cluster.")],
  azure: [output("node_resource_group_name", "Resource group that AKS keeps the nodes in.")],
};
