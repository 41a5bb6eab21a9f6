import { defineEcosystem } from "eco-compile";

const rest = {
  name: "acme",
  repository: { url: "https://git.example/acme.git" },
  management: { cluster: "main" },
  environments: { staging: {}, production: { after: "staging" } },
  teams: { shop: { contact: "#shop" } },
  security: { allowedRegistries: ["ghcr.io/acme/"] },
  services: {},
} as const;
const network = { name: "acme", cidr: "10.0.0.0/16" } as const;
const regions = { "europe-west4": { subnet: { cidr: "10.0.1.0/24" } } } as const;

/** Two entries of one kind, and what is of one of them alone. */
export default defineEcosystem({
  ...rest,
  clouds: {
    gcp: { project: "acme-staging", network, regions: { "europe-west1": { subnet: { cidr: "10.0.1.0/24" } } } },
    "gcp-production": { kind: "gcp", project: "acme-production", network, regions },
    "aws-production": { kind: "aws", account: "111122223333", network, regions: { "eu-west-3": { subnet: { cidr: "10.2.0.0/18" } } } },
  },
  clusters: {
    main: { cloud: "gcp-production", region: "europe-west4", environment: "production", nodePools: {} },
    test: {
      cloud: "gcp",
      region: "europe-west4", // ✗ Type '"europe-west4"' is not assignable to type '"europe-west1"'
      environment: "staging",
      nodePools: {},
    },
    other: {
      cloud: "gcp-prodution", // ✗ Did you mean '"gcp-production"'?
      region: "europe-west4",
      environment: "production",
      nodePools: {},
    },
    paris: {
      cloud: "aws-production",
      region: "eu-west-3",
      environment: "production",
      admins: ["arn:aws:iam::111122223333:role/platform"],
      nodePools: {},
    },
    ghent: {
      cloud: "gcp-production",
      region: "europe-west4",
      environment: "production",
      admins: ["arn:aws:iam::111122223333:role/platform"], // ✗ 'admins' does not exist
      nodePools: {},
    },
  },
  runners: {
    machines: {
      kind: "vm",
      cloud: "gcp-production",
      region: "europe-west1", // ✗ Type '"europe-west1"' is not assignable to type '"europe-west4"'
      machineType: "e2-medium",
      min: 0,
      max: 2,
      token: "token",
    },
  },
  secrets: {
    token: { store: "gcp-production", path: "token" },
    other: { store: "gcp-producton", path: "token" }, // ✗ Did you mean '"gcp-production"'?
    own: { path: "own" },
  },
  budgets: {
    all: {
      scope: {
        cloud: "gcp-staging", // ✗ Type '"gcp-staging"' is not assignable
      },
      monthly: "900 USD",
    },
  },
});

export const noKind = defineEcosystem({
  ...rest,
  clouds: {
    "gcp-production": { project: "acme-production", network, regions }, // ✗ Property 'kind' is missing
  },
  clusters: { main: { cloud: "gcp-production", region: "europe-west4", environment: "production", nodePools: {} } },
});

export const misspeltKind = defineEcosystem({
  ...rest,
  clouds: {
    "gcp-production": {
      kind: "gpc", // ✗ Type '"gpc"' is not assignable
      project: "acme-production",
      network,
      regions,
    },
  },
  clusters: { main: { cloud: "gcp-production", region: "europe-west4", environment: "production", nodePools: {} } },
});

export const otherKind = defineEcosystem({
  ...rest,
  clouds: {
    aws: {
      kind: "gcp", // ✗ Type '"gcp"' is not assignable to type '"aws"'
      account: "111122223333",
      network,
      regions: { "eu-west-3": { subnet: { cidr: "10.2.0.0/18" } } },
    },
  },
  clusters: { main: { cloud: "aws", region: "eu-west-3", environment: "production", nodePools: {} } },
});

export const fieldsOfAnotherKind = defineEcosystem({
  ...rest,
  clouds: {
    aws: {
      project: "acme-production", // ✗ 'project' does not exist
      account: "111122223333",
      network,
      regions: { "eu-west-3": { subnet: { cidr: "10.2.0.0/18" } } },
    },
    "azure-staging": {
      kind: "azure",
      subscription: "s",
      tenant: "t",
      account: "111122223333", // ✗ 'account' does not exist
      network,
      regions: { westeurope: { subnet: { cidr: "10.3.0.0/20" } } },
    },
  },
  clusters: { main: { cloud: "aws", region: "eu-west-3", environment: "production", nodePools: {} } },
});

export const unknownKeys = defineEcosystem({
  ...rest,
  clouds: {
    gcp: {
      project: "acme-production",
      network,
      regions: {
        "europe-west4": {
          subnet: { cidr: "10.0.1.0/24" },
          zone: ["europe-west4-a"], // ✗ 'zone' does not exist
        },
      },
    },
    "gcp-production": {
      kind: "gcp",
      project: "acme-production",
      netwrk: network, // ✗ Did you mean to write 'network'?
      network,
      regions,
    },
  },
  clusters: { main: { cloud: "gcp", region: "europe-west4", environment: "production", nodePools: {} } },
});
