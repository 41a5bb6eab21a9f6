import { defineEcosystem } from "eco-compile";
import { base, web } from "../base.ts";

/** Staging and production in projects of their own, and production in an account of another cloud as well: nothing is shared. */
export default defineEcosystem({
  ...base,
  management: { cluster: "control" },
  clouds: {
    gcp: base.clouds.gcp,
    "gcp-production": {
      kind: "gcp",
      project: "sample-production",
      budgetAccount: "0A0A0A-0B0B0B-0C0C0C",
      network: { name: "production-net", cidr: "10.9.0.0/16" },
      regions: { "europe-north1": { subnet: { name: "north", cidr: "10.9.16.0/20" } }, "europe-west4": { subnet: { cidr: "10.9.32.0/20" } } },
    },
    "aws-production": {
      kind: "aws",
      account: "444455556666",
      network: { name: "metal", cidr: "10.20.0.0/16" },
      regions: { "eu-north-1": { subnet: { cidr: "10.20.0.0/18" } } },
    },
  },
  environments: { trial: {}, live: { after: "trial" } },
  clusters: {
    one: { ...base.clusters.one, environment: "trial" },
    control: { cloud: "gcp-production", region: "europe-north1", environment: "live", version: "1.35", nodePools: { main: { machineType: "e2-standard-8", min: 4, max: 7 } } },
    metal: { cloud: "aws-production", region: "eu-north-1", environment: "live", version: "1.35", admins: ["arn:aws:iam::444455556666:role/admins"], nodePools: { main: { machineType: "m6i.2xlarge", min: 3, max: 9 } } },
  },
  runners: {
    machines: { kind: "vm", cloud: "gcp-production", region: "europe-west4", machineType: "e2-standard-4", min: 0, max: 3, token: "runner-token" },
  },
  secrets: {
    "runner-token": { store: "gcp-production", path: "runner-token" },
    key: { path: "web-key" },
  },
  targets: {
    "argo-cd": {
      identities: {
        gcp: { provider: "projects/111111111111/locations/global/workloadIdentityPools/pool/providers/control", serviceAccount: "terraform@sample-project.iam.gserviceaccount.com" },
        "gcp-production": {
          kind: "gcp",
          provider: "projects/222222222222/locations/global/workloadIdentityPools/pool/providers/control",
          serviceAccount: "terraform@sample-production.iam.gserviceaccount.com",
        },
        "aws-production": { kind: "aws", role: "arn:aws:iam::444455556666:role/terraform" },
      },
    },
  },
  budgets: {
    trial: { scope: { cloud: "gcp" }, monthly: "2000 USD" },
    live: { scope: { cloud: "gcp-production" }, monthly: "4000 USD" },
  },
  services: {
    web: { ...web, image: "registry.example/crew/web", secrets: [{ secret: "key" }] },
  },
});
