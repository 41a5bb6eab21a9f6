/**
 * What forestalls each condition of a Terraform module, so that a config which compiles does not fail at `plan`. A
 * refused fragment breaks the condition, and says what the compiler finds there.
 */
export type Forestalled =
  | { refused: string; as: string }
  /** No root gives this variable: the module's default holds. */
  | "unset"
  /** Known only to the cloud, while Terraform runs. */
  | "cloud"
  /** Made by the compiler, of what it has made sure of; or said by the targets' own contributions. */
  | { made: string };

const refused = (as: string, config: string): Forestalled => ({ refused: config, as });
const made = (how: string): Forestalled => ({ made: how });

const NAME_41 = "a23456789-123456789-123456789-123456789-1";
const NAME_51 = "a23456789-123456789-123456789-123456789-123456789-1";
const VAULT =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/secrets/providers/Microsoft.KeyVault/vaults/acme";

const AWS = ({ region = "", subnet = "", rest = "", name = "eu-west-3", cidr = "10.1.0.0/18" } = {}) =>
  `clouds: { aws: { account: "111122223333", network: { name: "acme-aws", cidr: "10.1.0.0/16" }, regions: { "${name}": { subnet: { cidr: "${cidr}", ${subnet} }, ${region} } }, ${rest} } },`;
const AZURE = ({ region = "", subnet = "", rest = "", name = "westeurope", cidr = "10.2.0.0/20" } = {}) =>
  `clouds: { azure: { subscription: "00000000-0000-0000-0000-000000000001", tenant: "00000000-0000-0000-0000-000000000002", network: { name: "acme-azure", cidr: "10.2.0.0/16" }, regions: { "${name}": { subnet: { cidr: "${cidr}", ${subnet} }, ${region} } }, ${rest} } },`;

interface ClusterParts {
  name?: string;
  version?: string;
  pool?: string;
  pools?: string;
  rest?: string;
  admin?: string;
}
const cluster =
  (cloud: string, region: string, machine: string, who: string) =>
  ({ name = "west", version = "1.35", pool = "", pools = "", rest = "", admin = who }: ClusterParts = {}): string =>
    `clusters: { "${name}": { cloud: "${cloud}", region: "${region}", environment: "staging", version: "${version}", admins: ["${admin}"], ${rest} nodePools: { ${pools || `general: { machineType: "${machine}", min: 3, max: 6, ${pool} }`} } } },`;
const eks = (parts?: ClusterParts) =>
  AWS() + cluster("aws", "eu-west-3", "m6i.xlarge", "arn:aws:iam::111122223333:role/platform")(parts);
const aks = (parts?: ClusterParts) =>
  AZURE() + cluster("azure", "westeurope", "Standard_D4s_v5", "00000000-0000-0000-0000-000000000003")(parts);
const gke = (rest: string, name = "main") => `clusters: { "${name}": { ${rest} } },`;
const newGke = (name: string) =>
  gke(
    `cloud: "gcp", region: "europe-west4", environment: "staging", version: "1.35", nodePools: { general: { machineType: "e2-standard-4", min: 3, max: 6 } }`,
    name,
  );
const OPEN = `endpoint: { public: true, authorizedNetworks: ["0.0.0.0/0"] },`;
const POOL = { gcp: "e2-standard-4", aws: "m6i.xlarge", azure: "Standard_D4s_v5" };
const pool = (cloud: keyof typeof POOL, rest = "") => `{ machineType: "${POOL[cloud]}", min: 3, max: 6, ${rest} }`;
const TAINT = (effect: string, value = "b") => `taints: [{ key: "a", value: "${value}", effect: "${effect}" }]`;

const RUNNER = (cloud: keyof typeof POOL, name: string, rest = "") =>
  `runners: { "${name}": { kind: "vm", cloud: "${cloud}", region: "${{ gcp: "europe-west1", aws: "eu-west-3", azure: "westeurope" }[cloud]}", machineType: "${POOL[cloud]}", min: 0, max: 2, token: "token", ${rest} } },`;
const SECRET = (cloud: string, path = "token") => `secrets: { token: { store: "${cloud}", path: "${path}" } },`;
const SSH = `repository: { url: "git@github.com:acme/platform.git" },`;

/** A runner of a cloud is refused in the same words everywhere. */
const runnerConditions = (cloud: keyof typeof POOL, clouds: string): Record<string, Forestalled[]> => {
  const runner = (rest: string, name = "builders") => clouds + SECRET(cloud) + RUNNER(cloud, name, rest);
  return {
    [`${cloud}/runners name`]: [refused("names/too-short at runners.a", runner("", "a"))],
    [`${cloud}/runners min`]: [refused("schema/out-of-range at runners.builders.min", runner("min: -1"))],
    [`${cloud}/runners max`]: [refused("schema/out-of-range at runners.builders.max", runner("max: 0"))],
    [`${cloud}/runners runner_labels`]: [
      refused("schema/wrong-unit at runners.builders.labels[0]", runner(`labels: ["a,b"]`)),
    ],
    [`${cloud}/runners repository_url`]: [refused("runners/repository-url at repository.url", SSH + runner(""))],
    [`${cloud}/runners token_secret`]: [
      refused("secrets/path at secrets.token.path", clouds + SECRET(cloud, "a b") + RUNNER(cloud, "builders")),
    ],
  };
};

/** Add-ons say what they need of a cloud, and a mistake there is no config's. */
const CONTRIBUTED = made("contributions of targets, which test compiler/targets/contributions.test.ts holds");
const identityConditions = (cloud: string, rights: string, count: number): Record<string, Forestalled[]> => ({
  [`${cloud}/workload-identity name`]: [made("cloudIdentity() of compiler/facts/names.ts")],
  [`${cloud}/workload-identity namespace`]: [CONTRIBUTED],
  [`${cloud}/workload-identity service_account`]: [CONTRIBUTED],
  [`${cloud}/workload-identity ${rights}`]: Array.from({ length: count }, () => CONTRIBUTED),
});

export const FORESTALLED: Readonly<Record<string, readonly Forestalled[]>> = {
  "aws/eks name": [refused(`names/too-long at clusters.${NAME_41}`, eks({ name: NAME_41 }))],
  "aws/eks kubernetes_version": [refused("schema/wrong-unit at clusters.west.version", eks({ version: "1.3" }))],
  "aws/eks subnet_ids": [
    refused(
      "clusters/zones at clouds.aws.regions.eu-west-3.zones",
      AWS({ region: `zones: ["eu-west-3a", "eu-west-3b"]` }),
    ),
  ],
  "aws/eks authorized_cidrs": [
    refused("clusters/open-endpoint at clusters.west.endpoint.authorizedNetworks", eks({ rest: OPEN })),
  ],
  "aws/eks private_client_cidrs": [made("ranges of regions, which networks/subnet-size holds to /16 and narrower")],
  "aws/eks service_cidr": [
    refused(
      "schema/wrong-unit at clouds.aws.regions.eu-west-3.subnet.services",
      AWS({ subnet: `services: "172.20.0.0/33"` }),
    ),
  ],
  "aws/eks node_pools": [
    refused(
      "names/too-long at clusters.west.nodePools.a23456789-123456789-123456789-12",
      eks({ pools: `general: ${pool("aws")}, "a23456789-123456789-123456789-12": ${pool("aws")}` }),
    ),
    refused("pools/min-above-max at clusters.west.nodePools.general.min", eks({ pool: "min: 7" })),
    refused("schema/not-one-of at clusters.west.nodePools.general.taints[0].effect", eks({ pool: TAINT("Never") })),
    refused("pools/none-for-system at clusters.west.nodePools", eks({ pool: "min: 0, initial: 3" })),
  ],
  "aws/eks access": [
    made("one policy, in compiler/targets/terraform/roots/cluster.ts"),
    refused(
      "schema/repeated at clusters.west.admins[1]",
      eks({ admin: `arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/a` }),
    ),
  ],
  "aws/eks workload_identities": ["unset", "unset"],
  "aws/eks addon_versions": ["unset"],
  "aws/eks log_retention_days": ["unset"],
  "aws/existing-cluster aws_eks_cluster": ["cloud"],
  "aws/existing-cluster name": [refused("names/invalid at clusters.-a", eks({ name: "-a", rest: "existing: true," }))],
  "aws/existing-network aws_vpc": ["cloud"],
  "aws/existing-network aws_subnet": ["cloud"],
  "aws/existing-network subnet_ids": ["cloud"],
  "aws/network name": [
    refused("names/too-long at clouds.aws.regions.eu-west-3.subnet.name", AWS({ subnet: `name: "${NAME_41}"` })),
  ],
  "aws/network cidr": [
    refused("networks/subnet-size at clouds.aws.regions.eu-west-3.subnet.cidr", AWS({ cidr: "10.1.0.0/26" })),
  ],
  "aws/network zones": [
    refused("clusters/zones at clouds.aws.regions.eu-west-3.zones", AWS({ region: `zones: ["eu-west-3a"]` })),
  ],
  "aws/network parts": [made("partsOf() of compiler/3-lower/clouds.ts, for as many zones as clusters/zones takes")],
  "aws/network part_of": [made("partsOf(), and networks/zone-without-part")],
  "aws/network nat_gateways": ["unset"],
  "aws/network log_retention_days": ["unset"],
  ...runnerConditions("aws", AWS()),
  "aws/runners subnet_ids": [made("the network's outputs")],
  "aws/state-store name": [made("stateStoreName() of compiler/facts/names.ts")],
  "aws/state-store writers": ["unset"],
  "aws/state-store noncurrent_days": ["unset"],
  ...identityConditions("aws", "statements", 3),

  "azure/aks name": [refused(`names/too-long at clusters.${NAME_51}`, aks({ name: NAME_51 }))],
  "azure/aks zones": [
    refused(
      "clusters/zone-of-region at clouds.azure.regions.westeurope.zones[2]",
      AZURE({ region: `zones: ["1", "2", "4"]` }),
    ),
  ],
  "azure/aks kubernetes_version": [refused("schema/wrong-unit at clusters.west.version", aks({ version: "1.3" }))],
  "azure/aks pod_cidr": [
    refused(
      "schema/wrong-unit at clouds.azure.regions.westeurope.subnet.pods",
      AZURE({ subnet: `pods: "100.64.0.0/33"` }),
    ),
  ],
  "azure/aks service_cidr": [
    refused(
      "networks/few-services at clouds.azure.regions.westeurope.subnet.services",
      AZURE({ subnet: `services: "172.20.0.0/29"` }) + aks().slice(AZURE().length),
    ),
  ],
  "azure/aks authorized_cidrs": [
    refused("clusters/open-endpoint at clusters.west.endpoint.authorizedNetworks", aks({ rest: OPEN })),
  ],
  "azure/aks node_pools": [
    refused(
      "names/too-long at clusters.west.nodePools.general123456",
      aks({ pools: `general: ${pool("azure")}, general123456: ${pool("azure")}` }),
    ),
    refused("pools/initial-outside-bounds at clusters.west.nodePools.general.initial", aks({ pool: "initial: 7" })),
    refused("schema/not-one-of at clusters.west.nodePools.general.taints[0].effect", aks({ pool: TAINT("Never") })),
    refused(
      "pools/taint-without-value at clusters.west.nodePools.batch.taints[0].value",
      aks({ pools: `general: ${pool("azure")}, batch: ${pool("azure", TAINT("NoSchedule", ""))}` }),
    ),
    refused("pools/none-for-system at clusters.west.nodePools", aks({ pool: "spot: true" })),
  ],
  "azure/aks system_pool": ["unset"],
  "azure/aks access": [made("only EKS is given any, in compiler/targets/terraform/roots/cluster.ts")],
  "azure/aks maintenance": ["unset"],
  "azure/aks log_retention_days": ["unset"],
  "azure/existing-cluster azurerm_kubernetes_cluster": ["cloud"],
  "azure/existing-network azurerm_subnet": ["cloud"],
  "azure/network name": [
    refused("names/invalid at clouds.azure.regions.westeurope.subnet.name", AZURE({ subnet: `name: "Acme"` })),
  ],
  "azure/network region": [
    refused('schema/wrong-unit at clouds.azure.regions["West Europe"]', AZURE({ name: "West Europe" })),
  ],
  "azure/network cidr": [
    refused("networks/subnet-size at clouds.azure.regions.westeurope.subnet.cidr", AZURE({ cidr: "10.2.0.0/25" })),
  ],
  "azure/network zones": [
    refused(
      "clusters/zone-of-region at clouds.azure.regions.westeurope.zones[0]",
      AZURE({ region: `zones: ["4", "1", "2"]` }),
    ),
  ],
  "azure/network ingress_ports": ["unset"],
  "azure/network log_retention_days": ["unset"],
  ...runnerConditions("azure", AZURE({ rest: `keyVault: "${VAULT}"` })),
  "azure/runners machine_type": [
    refused(
      "schema/wrong-unit at runners.builders.machineType",
      AZURE({ rest: `keyVault: "${VAULT}"` }) +
        SECRET("azure") +
        RUNNER("azure", "builders", `machineType: "m6i.xlarge"`),
    ),
  ],
  "azure/runners key_vault_id": [
    refused("runners/no-key-vault at clouds.azure", AZURE() + SECRET("azure") + RUNNER("azure", "builders")),
  ],
  "azure/state-store name": [made("stateStoreName() of compiler/facts/names.ts")],
  "azure/state-store container": [made("one word, in compiler/3-lower/clouds.ts")],
  "azure/state-store noncurrent_days": ["unset"],
  "azure/workload-identity subscription_id": [
    refused("schema/wrong-unit at clouds.azure.subscription", AZURE({ rest: `subscription: "acme"` })),
  ],
  ...identityConditions("azure", "roles", 2),

  "gcp/existing-cluster google_container_cluster": ["cloud", "cloud"],
  "gcp/existing-network google_compute_subnetwork": ["cloud", "cloud", "cloud"],
  "gcp/existing-network subnets": [made("one for each region, of which a cloud without any has no root")],
  "gcp/gke google_container_cluster": [made("zones are given to regional clusters alone")],
  "gcp/gke google_container_node_pool": [
    refused(
      "pools/fewer-than-zones at clusters.main.nodePools.batch.max",
      gke(`nodePools: { batch: { machineType: "e2-standard-4", min: 1, max: 2 } }`),
    ),
  ],
  "gcp/gke name": [refused("names/too-short at clusters.a", newGke("a"))],
  "gcp/gke location": [
    refused(
      "schema/wrong-unit at clouds.gcp.regions.eu_west",
      `clouds: { gcp: { regions: { eu_west: { subnet: { cidr: "10.0.8.0/24" } } } } },`,
    ),
  ],
  "gcp/gke zones": [
    refused(
      "clusters/zone-of-region at clouds.gcp.regions.europe-west1.zones[0]",
      `clouds: { gcp: { regions: { "europe-west1": { zones: ["europe-west4-b", "europe-west1-c", "europe-west1-d"] } } } },`,
    ),
  ],
  "gcp/gke kubernetes_version": [refused("schema/wrong-unit at clusters.main.version", gke(`version: "1.35.2"`))],
  "gcp/gke release_channel": ["unset"],
  "gcp/gke authorized_cidrs": [
    refused("clusters/open-endpoint at clusters.main.endpoint.authorizedNetworks", gke(OPEN)),
  ],
  "gcp/gke private_client_cidrs": [made("ranges of regions, which networks/subnet-size holds")],
  "gcp/gke webhook_ports": ["unset"],
  "gcp/gke node_pools": [
    refused("names/too-long at clusters.main.nodePools." + NAME_41, gke(`nodePools: { "${NAME_41}": ${pool("gcp")} }`)),
    refused(
      "schema/out-of-range at clusters.main.nodePools.general.max",
      gke(`nodePools: { general: { min: 0, max: 0 } }`),
    ),
    refused(
      "schema/not-one-of at clusters.main.nodePools.batch.taints[0].effect",
      gke(`nodePools: { batch: ${pool("gcp", TAINT("Never"))} }`),
    ),
    refused(
      "pools/none-for-system at clusters.main.nodePools",
      gke(`nodePools: { general: { ${TAINT("NoExecute")} } }`),
    ),
  ],
  "gcp/gke workload_identities": ["unset"],
  "gcp/gke registry_ids": ["unset"],
  "gcp/gke rbac_security_group": ["unset"],
  "gcp/gke log_retention_days": ["unset"],
  "gcp/gke maintenance": ["unset", "unset", "unset"],
  "gcp/network name": [
    refused(
      "names/too-long at clouds.gcp.network.name",
      `clouds: { gcp: { network: { name: "a23456789-123456789-123456789-1" } } },`,
    ),
  ],
  "gcp/network project": [refused("schema/wrong-unit at clouds.gcp.project", `clouds: { gcp: { project: "Acme" } },`)],
  "gcp/network subnets": [
    refused(
      "schema/wrong-unit at clouds.gcp.regions.europe-west1.subnet.name",
      `clouds: { gcp: { regions: { "europe-west1": { subnet: { name: "Nodes" } } } } },`,
    ),
    refused(
      "networks/host-bits at clouds.gcp.regions.europe-west1.subnet.cidr",
      `clouds: { gcp: { regions: { "europe-west1": { subnet: { cidr: "10.0.1.1/24" } } } } },`,
    ),
    refused(
      "networks/subnet-size at clouds.gcp.regions.europe-west3.subnet.cidr",
      `clouds: { gcp: { regions: { "europe-west3": { subnet: { cidr: "10.0.8.0/30" } } } } },`,
    ),
    made("both ranges or none, in compiler/targets/terraform/roots/foundation.ts"),
  ],
  "gcp/network nat_ips": ["unset"],
  "gcp/network iap_ports": ["unset"],
  "gcp/network log_retention_days": ["unset"],
  ...runnerConditions("gcp", ""),
  "gcp/state-store name": [made("stateStoreName() of compiler/facts/names.ts")],
  "gcp/state-store writers": ["unset"],
  "gcp/state-store noncurrent_days": ["unset"],
  ...identityConditions("gcp", "roles", 2),
};
