import { canary, defineEcosystem } from "eco-compile";
import * as shop from "./ecosystem/shop.ts";

// Values marked CHANGE are placeholders of the right form: everything compiles with them, nothing can be applied.
export default defineEcosystem({
  name: "shop",
  // What Argo CD and the Terraform controller clone.
  repository: { url: "https://github.com/acme/shop.git", revision: "main" },
  // Runs the objects that apply the other clusters' Terraform; its own is applied by CI.
  management: { cluster: "production" },

  clouds: {
    gcp: {
      project: "acme-platform", // CHANGE
      budgetAccount: "01A2B3-C4D5E6-F7A8B9", // CHANGE
      network: { name: "shop-vpc", cidr: "10.0.0.0/16" },
      regions: {
        "europe-west1": { subnet: { cidr: "10.0.0.0/20" } },
        "europe-west4": { subnet: { cidr: "10.0.16.0/20" } },
      },
    },
  },

  // A change enters staging first, and production after it, once somebody has approved it.
  environments: {
    staging: {},
    production: { after: "staging" },
  },

  clusters: {
    staging: {
      cloud: "gcp",
      region: "europe-west4",
      environment: "staging",
      nodePools: { general: { machineType: "e2-standard-4", spot: true, min: 3, max: 5 } },
    },
    production: {
      cloud: "gcp",
      region: "europe-west1",
      environment: "production",
      nodePools: { general: { machineType: "e2-standard-4", min: 3, max: 6 } },
    },
  },

  teams: {
    shop: { contact: "#team-shop" },
  },

  slos: {
    available: { objective: "99.9%", metric: { kind: "success-rate" } },
    fast: { objective: "99%", metric: { kind: "latency", threshold: "250ms" } },
  },

  rollouts: {
    careful: canary({
      steps: [
        { weight: 10, pause: "5m" },
        { weight: 50, pause: "10m" },
      ],
      analysis: { slos: ["available", "fast"] },
    }),
  },

  security: {
    allowedRegistries: ["ghcr.io/stefanprodan/"],
    allowedMachineTypes: ["e2-standard-4"],
  },

  observability: {
    alertRoutes: { shop: { kind: "slack", to: "#alerts-shop" } },
  },

  // A file for each team: everything that it exports is a service of that name.
  services: { ...shop },

  budgets: {
    gcp: { scope: { cloud: "gcp" }, monthly: "1500 USD", route: "shop" },
  },
});
