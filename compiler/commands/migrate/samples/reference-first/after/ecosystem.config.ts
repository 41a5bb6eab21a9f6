import { blueGreen, canary, defineEcosystem, shadow, tunable } from "eco-compile";
import { assistant } from "./ecosystem/assistant.ts";

export default defineEcosystem({
  format: 3,
  name: "ultimate",
  repository: { url: "https://github.com/acme/ultimate.git", revision: "main" },
  library: "in-repo",
  management: { cluster: "cluster-ultimate" },

  clouds: {
    gcp: {
      project: "ultimate-platform",
      budgetAccount: "01A2B3-C4D5E6-F7A8B9",
      network: { name: "ultimate-vpc", cidr: "10.0.0.0/16" },
      regions: {
        "europe-west1": { subnet: { name: "subnet-region1", cidr: "10.0.1.0/24" } },
        "europe-west2": { subnet: { name: "subnet-region2", cidr: "10.0.2.0/24" } },
      },
    },
    aws: {
      account: "111122223333",
      budgetAccount: "111122223333",
      network: { name: "ultimate-aws", cidr: "10.1.0.0/16" },
      regions: { "eu-west-3": { subnet: { cidr: "10.1.0.0/18" } } },
    },
    azure: {
      subscription: "00000000-0000-0000-0000-000000000001",
      tenant: "00000000-0000-0000-0000-000000000002",
      network: { name: "ultimate-azure", cidr: "10.2.0.0/16" },
      regions: { westeurope: { subnet: { cidr: "10.2.0.0/20" } } },
    },
  },

  environments: {
    staging: {},
    production: { after: "staging" },
  },

  teams: {
    platform: { contact: "#team-platform" },
    shop: { contact: "#team-shop" },
  },

  clusters: {
    "cluster-ultimate": {
      cloud: "gcp",
      region: "europe-west1",
      environment: "production",
      nodePools: {
        general: { machineType: "e2-medium", spot: true, initial: 3, min: tunable({ default: 1, min: 1, max: 3 }), max: 5 },
        // e2-medium cannot hold the platform's own add-ons beside the services.
        platform: { machineType: "e2-standard-4", min: 3, max: 6, labels: { "eco-compile.dev/pool": "platform" } },
      },
    },
    "cluster-paris": {
      cloud: "aws",
      region: "eu-west-3",
      environment: "staging",
      nodePools: { general: { machineType: "m6i.xlarge", min: 3, max: 6 } },
    },
    "cluster-amsterdam": {
      cloud: "azure",
      region: "westeurope",
      environment: "production",
      nodePools: { general: { machineType: "Standard_D4s_v5", min: 3, max: 6 } },
    },
  },

  runners: {
    builders: { kind: "vm", cloud: "gcp", region: "europe-west2", machineType: "e2-standard-4", min: 0, max: 4, token: "runner-token" },
  },

  secrets: {
    "assistant-api-key": { store: "gcp", path: "assistant-api-key", rotate: "30d" },
    "runner-token": { store: "gcp", path: "runner-token", rotate: "7d" },
  },

  slos: {
    available: { objective: "99.9%", metric: { kind: "success-rate" } },
    "mostly-available": { objective: "99.5%", metric: { kind: "success-rate" } },
    fast: { objective: "99%", metric: { kind: "latency", threshold: "250ms" } },
    answers: { objective: "95%", metric: { kind: "latency", threshold: "10s" } },
  },

  rollouts: {
    careful: canary({
      steps: [
        { weight: 5, pause: "5m" },
        { weight: tunable({ default: 25, min: 10, max: 40 }), pause: "10m" },
        { weight: 50, pause: "10m" },
      ],
      analysis: { slos: ["available", "fast"] },
    }),
    patient: canary({ steps: [{ weight: 10, pause: "15m" }, { weight: 50, pause: "30m" }], analysis: { slos: ["mostly-available", "answers"] } }),
    switch: blueGreen({ prePromotion: { slos: ["available"] }, keepOldFor: "15m" }),
    mirror: shadow({ duration: "30m", mirror: "50%", analysis: { slos: ["available", "fast"] }, steps: [{ weight: 20, pause: "10m" }] }),
  },

  resilience: {
    environments: ["staging"],
    experiments: {
      "kill-pods": { kind: "pod-kill", schedule: "0 10 * * 2", duration: "5m", abortOn: ["available"] },
      "slow-network": { kind: "network-delay", schedule: "0 11 * * 3", duration: "5m", latency: "100ms", jitter: "20ms", abortOn: ["available"] },
      "failing-requests": { kind: "http-fault", schedule: "0 12 * * 4", duration: "5m", requests: "5%", status: 503, abortOn: ["available"] },
      "lose-store": { kind: "network-partition", from: "context-store", schedule: "0 13 * * 4", duration: "2m", abortOn: ["mostly-available"] },
      "lose-zone": { kind: "zone-outage", zone: "eu-west-3a", schedule: "0 9 1 * *", duration: "10m", abortOn: ["available"] },
    },
  },

  security: {
    mesh: { mtls: "strict" },
    allowedRegistries: ["ghcr.io/acme/", "docker.io/library/redis"],
    allowedMachineTypes: ["e2-medium", "e2-standard-4", "m6i.xlarge", "Standard_D4s_v5"],
  },

  observability: {
    metrics: { interval: "30s", retention: "15d" },
    traces: { sampling: "5%" },
    logs: { retention: "30d" },
    alertRoutes: {
      platform: { kind: "slack", to: "#alerts-platform" },
      shop: { kind: "slack", to: "#alerts-shop" },
    },
  },

  services: {
    ...assistant,
    storefront: {
      team: "shop",
      image: "ghcr.io/acme/storefront",
      placement: "all",
      ports: { http: { port: 80, targetPort: 8080 } },
      probes: { liveness: { kind: "http", port: "http", path: "/live" }, readiness: { kind: "http", port: "http", path: "/ready" } },
      resources: { cpu: tunable({ default: "200m", min: "100m", max: "500m" }), memory: "256Mi" },
      scaling: { min: tunable({ default: 2, min: 2, max: 4 }), max: tunable({ default: 6, min: 4, max: 12 }) },
      dependsOn: [{ service: "checkout", port: 80, critical: false }, { service: "recommendations", port: 80, critical: false }],
      slos: ["available", "fast"],
      rollout: "careful",
      chaos: ["kill-pods", "slow-network", "lose-zone"],
      exposure: { hosts: ["shop.acme.example"], port: "http" },
    },
    checkout: {
      team: "shop",
      image: "ghcr.io/acme/checkout",
      placement: "all",
      ports: { http: { port: 80, targetPort: 8080 } },
      probes: { liveness: { kind: "http", port: "http", path: "/live" }, readiness: { kind: "http", port: "http", path: "/ready" } },
      scaling: { min: 2, max: 2 },
      slos: ["available"],
      rollout: "switch",
      chaos: ["failing-requests"],
    },
    recommendations: {
      team: "shop",
      image: "ghcr.io/acme/recommendations",
      placement: { clusters: ["cluster-paris", "cluster-ultimate"] },
      ports: { http: { port: 80, targetPort: 8080 } },
      probes: { liveness: { kind: "http", port: "http", path: "/live" }, readiness: { kind: "http", port: "http", path: "/ready" } },
      scaling: { min: 2, max: 4 },
      slos: ["available", "fast"],
      rollout: "mirror",
    },
  },

  budgets: {
    gcp: { scope: { cloud: "gcp" }, monthly: "1400 USD", route: "platform" },
    aws: { scope: { cloud: "aws" }, monthly: "1200 USD", route: "platform" },
    azure: { scope: { cloud: "azure" }, monthly: "1200 USD", route: "platform" },
  },

  continuity: {
    assistant: { service: "claude-service", health: "/healthz" },
    fallback: "fallback-service",
    contextStore: "context-store",
    watchdog: "watchdog",
  },
  optimization: { cadence: "0 3 * * *", objective: { cost: 0.5, latency: 0.3, reliability: 0.2 } },
  aiops: { forecast: { horizon: "6h" }, anomalies: { route: "platform" } },
  delivery: { registries: ["ghcr.io/acme"] },
});
