import { defineEcosystem } from "eco-compile";
import { experiments } from "./experiments.ts";
import * as rollouts from "./rollouts.ts";
import { slos } from "./slos.ts";
import * as catalogue from "./teams/catalogue.ts";
import * as ordering from "./teams/ordering.ts";
import * as quality from "./teams/quality.ts";
import * as web from "./teams/web.ts";

/** Google's Online Boutique on two GKE clusters, one file per team. See README.md for where its facts come from. */
export default defineEcosystem({
  format: 3,
  name: "online-boutique",
  repository: { url: "https://github.com/acme/eco-compile.git", revision: "main", path: "examples/online-boutique" },
  library: "vendored",
  management: { cluster: "boutique-production" },

  clouds: {
    gcp: {
      project: "acme-online-boutique",
      budgetAccount: "0A1B2C-3D4E5F-6A7B8C",
      network: { name: "boutique", cidr: "10.40.0.0/16" },
      regions: {
        "us-central1": { subnet: { name: "boutique-staging", cidr: "10.40.0.0/20" } },
        "europe-west4": { subnet: { name: "boutique-production", cidr: "10.40.16.0/20" } },
      },
    },
  },

  environments: {
    staging: {},
    production: { after: "staging" },
  },

  clusters: {
    "boutique-staging": {
      cloud: "gcp",
      region: "us-central1",
      environment: "staging",
      version: "1.35",
      nodePools: { general: { machineType: "e2-standard-4", spot: true, min: 3, max: 5 } },
    },
    "boutique-production": {
      cloud: "gcp",
      region: "europe-west4",
      environment: "production",
      version: "1.35",
      endpoint: { public: true, authorizedNetworks: ["203.0.113.0/24"] },
      nodePools: { general: { machineType: "e2-standard-4", min: 4, max: 9 } },
    },
  },

  teams: {
    web: { contact: "#boutique-web" },
    catalogue: { contact: "#boutique-catalogue" },
    ordering: { contact: "#boutique-ordering" },
    quality: { contact: "#boutique-quality" },
  },

  slos,
  rollouts,
  resilience: { environments: ["staging"], experiments },

  security: {
    mesh: { mtls: "strict" },
    policies: { enforcement: "warn" },
    // The last one holds the platform's own components, as slo-gate.
    allowedRegistries: [
      "us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/",
      "docker.io/library/redis",
      "ghcr.io/acme/",
    ],
    allowedMachineTypes: ["e2-standard-4"],
  },

  observability: {
    metrics: { interval: "15s", retention: "7d" },
    alertRoutes: { "on-call": { kind: "pagerduty", to: "online-boutique" } },
  },

  services: { ...web, ...catalogue, ...ordering, ...quality },

  budgets: {
    everything: { monthly: "2500 USD", alerts: ["60%", "90%", "100%"], route: "on-call" },
  },
});
