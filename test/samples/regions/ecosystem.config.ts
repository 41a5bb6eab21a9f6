import { defineEcosystem } from "eco-compile";
import { base } from "../base.ts";

/** Two regions each of AWS and Azure, with zones, address ranges, pools and runners of their own. */
export default defineEcosystem({
  ...base,
  clouds: {
    ...base.clouds,
    aws: {
      account: "444455556666",
      budgetAccount: "777788889999",
      network: { name: "metal", cidr: "10.20.0.0/15" },
      regions: {
        "eu-north-1": { subnet: { name: "stockholm", cidr: "10.20.0.0/18" }, zones: ["eu-north-1a", "eu-north-1b", "eu-north-1c"] },
        "ap-south-1": { subnet: { cidr: "10.21.0.0/18", services: "172.20.96.0/20" } },
      },
    },
    azure: {
      subscription: "00000000-0000-0000-0000-00000000000a",
      tenant: "00000000-0000-0000-0000-00000000000b",
      keyVault: "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/vaults/providers/Microsoft.KeyVault/vaults/sample",
      network: { name: "cloud", cidr: "10.30.0.0/16" },
      regions: {
        northeurope: { subnet: { cidr: "10.30.0.0/20", pods: "100.80.0.0/16" }, zones: ["1", "3", "2"] },
        swedencentral: { subnet: { name: "gavle", cidr: "10.30.64.0/20" } },
      },
    },
  },
  clusters: {
    ...base.clusters,
    stockholm: {
      cloud: "aws",
      region: "eu-north-1",
      environment: "live",
      version: "1.36",
      admins: ["arn:aws:iam::444455556666:role/admins"],
      nodePools: {
        main: { machineType: "m6i.2xlarge", min: 3, max: 9, initial: 4, disk: "80Gi" },
        cheap: { machineType: "m6i.xlarge", spot: true, min: 0, max: 5, labels: { tier: "cheap" }, taints: [{ key: "tier", value: "cheap", effect: "NoSchedule" }] },
      },
    },
    mumbai: { cloud: "aws", region: "ap-south-1", environment: "live", version: "1.35", admins: ["arn:aws:iam::444455556666:role/admins"], endpoint: { public: true, authorizedNetworks: ["198.51.100.0/24"] }, nodePools: { main: { machineType: "m6i.2xlarge", min: 3, max: 4 } } },
    dublin: {
      cloud: "azure",
      region: "northeurope",
      environment: "live",
      version: "1.35",
      admins: ["00000000-0000-0000-0000-00000000000c"],
      nodePools: { main: { machineType: "Standard_D8s_v5", min: 3, max: 6, disk: "64Gi" } },
    },
    gavle: { cloud: "azure", region: "swedencentral", environment: "live", version: "1.35", admins: ["00000000-0000-0000-0000-00000000000c"], highlyAvailable: false, nodePools: { main: { machineType: "Standard_D8s_v5", min: 2, max: 3, labels: { site: "gavle" } } } },
  },
  secrets: { "runner-aws": { store: "aws", path: "runners/token" }, "runner-azure": { store: "azure", path: "runner-token" } },
  runners: {
    nord: { kind: "vm", cloud: "aws", region: "eu-north-1", machineType: "m6i.xlarge", spot: false, min: 1, max: 6, labels: ["nord", "big"], token: "runner-aws" },
    west: { kind: "vm", cloud: "azure", region: "northeurope", machineType: "Standard_D4s_v5", min: 0, max: 3, token: "runner-azure" },
  },
  services: {},
});
