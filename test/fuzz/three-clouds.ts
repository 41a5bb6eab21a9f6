import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";
import { base } from "../errors/base.ts";

const { web } = base.services;

/**
 * What Terraform gets of a config, and little else: clouds of each kind, made and existing, with several regions,
 * clusters and pools of every form, runners, and secrets. One small service runs on all of it.
 */
export const threeClouds: Ecosystem = {
  ...base,
  management: { cluster: "main" },
  clouds: {
    gcp: {
      project: "acme-platform",
      network: { name: "acme-vpc", cidr: "10.0.0.0/16" },
      regions: {
        "europe-west1": { subnet: { cidr: "10.0.0.0/20" } },
        "europe-west4": { subnet: { name: "west-four", cidr: "10.0.16.0/20" } },
      },
    },
    aws: {
      account: "111122223333",
      network: { name: "acme-aws", cidr: "10.1.0.0/16" },
      regions: {
        "eu-west-3": { subnet: { cidr: "10.1.0.0/18" } },
        "eu-north-1": { subnet: { name: "north", cidr: "10.1.64.0/18" } },
      },
    },
    azure: {
      subscription: "00000000-0000-0000-0000-000000000001",
      tenant: "00000000-0000-0000-0000-000000000002",
      keyVault:
        "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/vaults/providers/Microsoft.KeyVault/vaults/acme",
      network: { name: "acme-azure", cidr: "10.2.0.0/16" },
      regions: {
        westeurope: { subnet: { cidr: "10.2.0.0/20" } },
        swedencentral: { subnet: { name: "sweden", cidr: "10.2.16.0/20" } },
      },
    },
    theirs: {
      kind: "aws",
      account: "444455556666",
      network: { name: "theirs", cidr: "10.3.0.0/16", existing: true },
      regions: { "eu-central-1": { subnet: { name: "theirs-central", cidr: "10.3.0.0/18" } } },
    },
  },
  clusters: {
    ...base.clusters,
    main: {
      ...base.clusters["main"]!,
      nodePools: {
        general: { machineType: "e2-standard-8", min: 3, max: 9 },
        batch: {
          machineType: "e2-standard-4",
          spot: true,
          min: 0,
          max: 6,
          labels: { tier: "batch" },
          taints: [{ key: "batch", value: "yes", effect: "NoSchedule" }],
        },
      },
    },
    paris: {
      cloud: "aws",
      region: "eu-west-3",
      environment: "staging",
      version: "1.35",
      admins: ["arn:aws:iam::111122223333:role/platform"],
      nodePools: { general: { machineType: "m6i.2xlarge", min: 3, max: 6, disk: "80Gi" } },
    },
    amsterdam: {
      cloud: "azure",
      region: "westeurope",
      environment: "staging",
      version: "1.35",
      admins: ["00000000-0000-0000-0000-000000000003"],
      endpoint: { public: true, authorizedNetworks: ["203.0.113.0/24"] },
      nodePools: { general: { machineType: "Standard_D8s_v5", min: 3, max: 6 } },
    },
    frankfurt: {
      cloud: "theirs",
      region: "eu-central-1",
      environment: "staging",
      existing: true,
      nodePools: { general: { machineType: "m6i.2xlarge", min: 3, max: 6 } },
    },
  },
  runners: {
    builders: {
      kind: "vm",
      cloud: "gcp",
      region: "europe-west1",
      machineType: "e2-standard-4",
      min: 0,
      max: 2,
      token: "gcp-token",
    },
    "paris-builders": {
      kind: "vm",
      cloud: "aws",
      region: "eu-west-3",
      machineType: "m6i.xlarge",
      spot: true,
      min: 1,
      max: 2,
      labels: ["large"],
      token: "aws-token",
    },
    "west-builders": {
      kind: "vm",
      cloud: "azure",
      region: "westeurope",
      machineType: "Standard_D4s_v5",
      min: 0,
      max: 2,
      token: "azure-token",
    },
  },
  secrets: {
    ...base.secrets,
    "gcp-token": { store: "gcp", path: "gcp-token" },
    "aws-token": { store: "aws", path: "runners/token" },
    "azure-token": { store: "azure", path: "azure-token" },
  },
  services: { web: { ...web!, dependsOn: [], rollout: undefined, chaos: [] } as Ecosystem["services"][string] },
};
