import { defineEcosystem } from "eco-compile";
import { base } from "../../base.ts";

const pool = { machineType: "e2-standard-4", min: 3, max: 6 } as const;

export default defineEcosystem({
  ...base,
  clouds: {
    ...base.clouds,
    "gcp-production": {
      kind: "gcp",
      project: "acme-production",
      network: { name: "production", cidr: "10.9.0.0/16" },
      regions: { "europe-west3": { subnet: { cidr: "10.9.1.0/24" } } },
    },
  },
  clusters: {
    ...base.clusters,
    early: { cloud: "gcp-production", region: "europe-west4", environment: "staging", nodePools: { general: pool } },
    late: { cloud: "gcp-prodution", region: "europe-west3", environment: "production", nodePools: { general: pool } },
    near: { cloud: "gcp-production", region: "europe-west33", environment: "production", nodePools: { general: pool } },
  },
  secrets: { "stripe-key": { store: "gcp-producton", path: "stripe-key" } },
  budgets: { staging: { scope: { cloud: "gcp-staging" }, monthly: "900 USD" } },
  targets: {
    "argo-cd": {
      identities: {
        "gcp-prod": {
          kind: "gcp",
          provider: "projects/123456789012/locations/global/workloadIdentityPools/platform/providers/management",
          serviceAccount: "terraform@acme-production.iam.gserviceaccount.com",
        },
      },
    },
  },
});
