/**
 * A plan of a root without its cloud: `terraform test` with the provider mocked
 * (https://developer.hashicorp.com/terraform/language/tests/mocking). It evaluates what `validate` cannot know: locals,
 * `for_each`, and the conditions of resources, with the root's values.
 */
import { attributeOf } from "./module.ts";
import { blocksIn, type RandomRoot } from "./random-roots.ts";

/** What data sources have to say for the conditions of our modules, which ask after what is there already. */
const MOCKED: Readonly<Record<string, (root: RandomRoot) => string>> = {
  aws: () => `
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "eu-west-3" }
  }
  mock_data "aws_vpc" {
    defaults = { cidr_block = "10.1.0.0/18", enable_dns_support = true, enable_dns_hostnames = true }
  }
  mock_data "aws_subnets" {
    defaults = { ids = ["subnet-a", "subnet-b", "subnet-c"] }
  }
  mock_data "aws_nat_gateways" {
    defaults = { ids = ["nat-a"] }
  }
  mock_data "aws_eks_cluster" {
    defaults = {
      status                = "ACTIVE"
      certificate_authority = [{ data = "Y2E=" }]
      identity              = [{ oidc = [{ issuer = "https://issuer.example" }] }]
      vpc_config            = [{ cluster_security_group_id = "sg-1" }]
    }
  }
`,
  azure: () => `
  mock_data "azurerm_virtual_network" {
    defaults = { location = "westeurope", address_space = ["10.2.0.0/16"] }
  }
  mock_data "azurerm_nat_gateway" {
    defaults = { public_ip_address_ids = ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/nat"] }
  }
  mock_data "azurerm_kubernetes_cluster" {
    defaults = { oidc_issuer_enabled = true, oidc_issuer_url = "https://issuer.example/", kube_config = [{ cluster_ca_certificate = "Y2E=" }] }
  }
`,
  gcp: (root) => `
  mock_data "google_project" {
    defaults = { number = "123456789" }
  }
  mock_data "google_compute_network" {
    defaults = { self_link = "https://www.googleapis.com/compute/v1/projects/p/global/networks/n" }
  }
  mock_data "google_compute_subnetwork" {
    defaults = {
      network                  = "https://www.googleapis.com/compute/v1/projects/p/global/networks/n"
      private_ip_google_access = true
      secondary_ip_range       = [${rangesIn(root)
        .map((name) => `{ range_name = ${name}, ip_cidr_range = "10.16.0.0/14" }`)
        .join(", ")}]
    }
  }
  mock_data "google_container_cluster" {
    defaults = { endpoint = "10.0.0.2", workload_identity_config = [{ workload_pool = "p.svc.id.goog" }], master_auth = [{ cluster_ca_certificate = "Y2E=" }] }
  }
`,
};

/** The secondary ranges that a root counts on. */
const rangesIn = ({ files }: RandomRoot): string[] => [
  ...new Set(
    [...(files.get("main.tf") ?? "").matchAll(/(?:pods|services)_range\s+= ("[^"]*")/g)].map(([, name]) => name!),
  ),
];

const PROVIDER = { aws: "aws", azure: "azurerm", gcp: "google" } as const;

/** What the foundation's state holds of a region's network, in the words of the modules' outputs. */
const NETWORK = `{
        network_id          = "network"
        subnet_id           = "subnet"
        subnet_ids          = ["subnet-a", "subnet-b", "subnet-c"]
        pods_range          = "pods"
        services_range      = "services"
        resource_group_name = "group"
        node_subnet_id      = "nodes"
        runner_subnet_id    = "runners"
      }`;

/** The test that plans a root. */
export function planTest(root: RandomRoot): string {
  const provider = PROVIDER[root.cloud as keyof typeof PROVIDER];
  const aliases = blocksIn(root, "versions.tf")
    .filter(({ type }) => type === "provider")
    .map(({ body }) => attributeOf(body, "alias")?.expression);
  const providers = aliases.map(
    (alias) =>
      `mock_provider "${provider}" {\n${alias === undefined ? "" : `  alias = ${alias}\n`}${MOCKED[root.cloud]!(root)}}\n`,
  );
  return `${providers.join("")}${foundation(root)}run "plan" {\n  command = plan\n}\n`;
}

function foundation({ files }: RandomRoot): string {
  const main = files.get("main.tf") ?? "";
  if (!main.includes('data "terraform_remote_state"')) return "";
  const regions = new Set([...main.matchAll(/outputs\.networks\["([^"]*)"\]/g)].map(([, region]) => region!));
  return `override_data {
  target = data.terraform_remote_state.foundation
  values = {
    outputs = {
      networks = { ${[...regions].map((region) => `"${region}" = ${NETWORK}`).join(", ")} }
    }
  }
}
`;
}
