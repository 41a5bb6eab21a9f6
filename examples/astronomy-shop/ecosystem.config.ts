import { defineEcosystem, tunable } from "eco-compile";
import { experiments } from "./experiments.ts";
import * as rollouts from "./rollouts.ts";
import { slos } from "./slos.ts";
import * as ordering from "./teams/ordering.ts";
import * as platform from "./teams/platform.ts";
import * as storefront from "./teams/storefront.ts";

/** Nodes for what keeps volumes: `pool: "data"` tolerates it. */
const onlyData = [{ key: "astronomy.example/pool", value: "data", effect: "NoSchedule" }] as const;

/** OpenTelemetry's Astronomy Shop on GKE and EKS, one file per team. See README.md for where its facts come from. */
export default defineEcosystem({
  name: "astronomy-shop",
  repository: { url: "https://github.com/acme/eco-compile.git", revision: "main", path: "examples/astronomy-shop" },
  management: { cluster: "shop-gke" },

  // Production has accounts of its own: what happens in staging stays there.
  clouds: {
    "gcp-staging": {
      kind: "gcp",
      project: "acme-astronomy-staging",
      budgetAccount: "0A1B2C-3D4E5F-6A7B8C",
      network: { name: "shop-staging", cidr: "10.64.0.0/16" },
      regions: { "europe-west1": { subnet: { cidr: "10.64.0.0/20" } } },
    },
    "gcp-production": {
      kind: "gcp",
      project: "acme-astronomy-production",
      budgetAccount: "0A1B2C-3D4E5F-6A7B8C",
      network: { name: "shop-production", cidr: "10.65.0.0/16" },
      regions: { "europe-west4": { subnet: { cidr: "10.65.0.0/20" } } },
    },
    "aws-production": {
      kind: "aws",
      account: "444455556666",
      budgetAccount: "123456789012",
      network: { name: "shop-production", cidr: "10.66.0.0/16" },
      regions: { "us-east-2": { subnet: { cidr: "10.66.0.0/18" } } },
    },
  },

  environments: {
    staging: {},
    production: { after: "staging" },
  },

  clusters: {
    "shop-staging": {
      cloud: "gcp-staging",
      region: "europe-west1",
      environment: "staging",
      version: "1.35",
      nodePools: {
        general: { machineType: "e2-standard-4", spot: true, min: 3, max: 6 },
        data: {
          machineType: "e2-standard-2",
          min: 3,
          max: 3,
          taints: onlyData,
        },
      },
    },
    "shop-gke": {
      cloud: "gcp-production",
      region: "europe-west4",
      environment: "production",
      version: "1.35",
      endpoint: { public: true, authorizedNetworks: ["203.0.113.0/24"] },
      nodePools: {
        general: { machineType: "e2-standard-4", min: tunable({ default: 4, min: 3, max: 6 }), max: 9 },
        data: {
          machineType: "e2-standard-2",
          min: 3,
          max: 3,
          taints: onlyData,
        },
      },
    },
    "shop-eks": {
      cloud: "aws-production",
      region: "us-east-2",
      environment: "production",
      version: "1.35",
      endpoint: { public: true, authorizedNetworks: ["203.0.113.0/24"] },
      nodePools: {
        general: { machineType: "m6i.xlarge", min: tunable({ default: 4, min: 3, max: 6 }), max: 9 },
        data: {
          machineType: "m6i.large",
          min: 3,
          max: 3,
          taints: onlyData,
        },
      },
      admins: ["arn:aws:iam::444455556666:role/platform"],
    },
  },

  teams: {
    storefront: { contact: "#astronomy-storefront" },
    ordering: { contact: "#astronomy-ordering" },
    platform: { contact: "#astronomy-platform" },
  },

  secrets: {
    "catalog-database": { path: "astronomy-catalog-database", keys: ["url"] },
    "accounting-database": { path: "astronomy-accounting-database", keys: ["connection"] },
    "llm-api-key": { path: "astronomy-llm-api-key", keys: ["key"], rotate: "30d" },
    "flagd-ui-session": { path: "astronomy-flagd-ui-session", keys: ["secret"], rotate: "90d" },
    "telemetry-token": { path: "astronomy-telemetry-token", keys: ["token"], rotate: "90d" },
  },

  externals: {
    // Managed instances in networks of their own, which are peered with those of the clusters.
    postgres: {
      host: "postgres.staging.astronomy.example",
      addresses: ["10.80.0.0/24"],
      port: 5432,
      availability: "99.95%",
      on: {
        "shop-gke": { host: "postgres.astronomy.example", addresses: ["10.80.1.0/24"] },
        "shop-eks": { host: "shop.abcdefghijkl.us-east-2.rds.amazonaws.com", addresses: ["10.80.2.0/24"] },
      },
    },
    llm: { host: "api.llm.example", port: 443, protocol: "https", availability: "99.5%" },
  },

  slos,
  rollouts,
  resilience: { environments: ["staging"], experiments },

  security: {
    mesh: { mtls: "strict" },
    policies: { enforcement: "deny" },
    // The last one holds the platform's own components, as slo-gate.
    allowedRegistries: [
      "ghcr.io/open-telemetry/",
      "ghcr.io/open-feature/flagd",
      "ghcr.io/valkey-io/valkey",
      "docker.io/library/postgres",
      "ghcr.io/acme/",
    ],
    allowedMachineTypes: ["e2-standard-2", "e2-standard-4", "m6i.large", "m6i.xlarge"],
  },

  observability: {
    metrics: { interval: "15s", retention: "7d" },
    alertRoutes: { "on-call": { kind: "pagerduty", to: "astronomy-shop" } },
  },

  services: { ...storefront, ...ordering, ...platform },

  budgets: {
    "gcp-staging": { scope: { cloud: "gcp-staging" }, monthly: "1200 USD", route: "on-call" },
    "gcp-production": { scope: { cloud: "gcp-production" }, monthly: "2500 USD", route: "on-call" },
    "aws-production": { scope: { cloud: "aws-production" }, monthly: "2500 USD", route: "on-call" },
  },

  targets: {
    "argo-cd": {
      // Whoever the management cluster is in the accounts beside its own.
      identities: {
        "gcp-staging": {
          kind: "gcp",
          provider: "projects/123456789012/locations/global/workloadIdentityPools/platform/providers/shop-gke",
          serviceAccount: "terraform@acme-astronomy-staging.iam.gserviceaccount.com",
        },
        "aws-production": { kind: "aws", role: "arn:aws:iam::444455556666:role/terraform" },
      },
      freezes: [{ schedule: "0 0 20 11 *", duration: "14d", reason: "the weeks in which telescopes are bought" }],
    },
  },
});
