import { canary } from "../../compiler/config/define.ts";
import type { Ecosystem } from "../../compiler/config/model/ecosystem.ts";

/**
 * A small ecosystem without a finding. The doc page of every check shows a fragment of a config; merged into this one,
 * the bad fragment yields that finding and no other, and the good one none.
 */
export const base: Ecosystem = {
  name: "acme",
  repository: { url: "https://github.com/acme/platform.git" },
  management: { cluster: "main" },
  clouds: {
    gcp: {
      project: "acme-platform",
      network: { name: "acme-vpc", cidr: "10.0.0.0/16" },
      regions: {
        "europe-west1": { subnet: { cidr: "10.0.1.0/24" } },
        "europe-west4": { subnet: { cidr: "10.0.2.0/24" } },
      },
    },
  },
  environments: { staging: {}, production: { after: "staging" } },
  teams: { shop: { contact: "#team-shop" }, platform: { contact: "#team-platform" } },
  clusters: {
    test: {
      cloud: "gcp",
      region: "europe-west4",
      environment: "staging",
      version: "1.35",
      nodePools: { general: { machineType: "e2-standard-4", min: 3, max: 6 } },
    },
    main: {
      cloud: "gcp",
      region: "europe-west1",
      environment: "production",
      version: "1.35",
      nodePools: { general: { machineType: "e2-standard-4", min: 3, max: 6 } },
    },
  },
  secrets: { "stripe-key": { store: "gcp", path: "stripe-key" } },
  slos: {
    available: { objective: "99.9%", metric: { kind: "success-rate" } },
    fast: { objective: "99%", metric: { kind: "latency", threshold: "250ms" } },
  },
  rollouts: {
    careful: canary({
      steps: [
        { weight: 10, pause: "5m" },
        { weight: 50, pause: "5m" },
      ],
      analysis: { slos: ["available"] },
    }),
  },
  resilience: {
    environments: ["staging"],
    experiments: { "kill-pods": { kind: "pod-kill", schedule: "0 10 * * 2", duration: "5m", abortOn: ["available"] } },
  },
  security: { allowedRegistries: ["ghcr.io/acme"] },
  observability: { alertRoutes: { shop: { kind: "slack", to: "#alerts-shop" } } },
  services: {
    web: {
      team: "shop",
      image: "ghcr.io/acme/web",
      placement: "all",
      ports: { http: { port: 80, targetPort: 8080 } },
      probes: {
        liveness: { kind: "http", port: "http", path: "/live" },
        readiness: { kind: "http", port: "http", path: "/ready" },
      },
      scaling: { min: 2, max: 4 },
      dependsOn: [{ service: "api", port: 80 }],
      slos: ["available"],
      traffic: "200/s",
      rollout: "careful",
      chaos: ["kill-pods"],
    },
    api: {
      team: "shop",
      image: "ghcr.io/acme/api",
      placement: "all",
      ports: { http: { port: 80, targetPort: 8080 } },
      probes: {
        liveness: { kind: "http", port: "http", path: "/live" },
        readiness: { kind: "http", port: "http", path: "/ready" },
      },
      scaling: { min: 2, max: 2 },
      slos: ["available"],
    },
  },
};
