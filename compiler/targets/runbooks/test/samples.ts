import type { Ecosystem } from "../../../config/model/ecosystem.ts";

/** The least that there can be: one cluster in one environment, without services. */
export const alone: Ecosystem = {
  name: "alone",
  repository: { url: "git@git.example:alone.git", revision: "trunk" },
  management: { cluster: "only" },
  clouds: {
    aws: {
      account: "111122223333",
      network: { name: "alone", cidr: "10.0.0.0/16" },
      regions: { "eu-west-3": { subnet: { cidr: "10.0.0.0/18" } } },
    },
  },
  environments: { live: {} },
  teams: {},
  clusters: { only: { cloud: "aws", region: "eu-west-3", environment: "live", existing: true, nodePools: {} } },
  security: { allowedRegistries: ["ghcr.io/alone/"] },
  services: {},
};

const probes = {
  liveness: { kind: "http", port: "http", failures: 6 },
  readiness: { kind: "http", port: "http" },
} as const;
const ports = { http: { port: 80, targetPort: 8080 } };

/** Some of everything that the pages speak of, with no value at its default. */
export const team: Ecosystem = {
  name: "team",
  repository: { url: "https://git.example/team.git", revision: "next", path: "platform" },
  library: "in-repo",
  management: { cluster: "hub" },
  clouds: {
    gcp: {
      project: "team-platform",
      network: { name: "team", cidr: "10.0.0.0/16" },
      regions: { "europe-west1": { subnet: { cidr: "10.0.0.0/20" } } },
    },
    azure: {
      subscription: "00000000-0000-0000-0000-000000000001",
      tenant: "00000000-0000-0000-0000-000000000002",
      network: { name: "team-azure", cidr: "10.2.0.0/16" },
      regions: { westeurope: { subnet: { cidr: "10.2.0.0/20" } } },
    },
  },
  environments: { test: {}, canary: { after: "test", approval: false }, live: { after: "canary" } },
  teams: { shop: { contact: "shop@team.example", namespace: "store" } },
  clusters: {
    hub: {
      cloud: "gcp",
      region: "europe-west1",
      environment: "live",
      highlyAvailable: false,
      version: "1.34",
      nodePools: { all: { machineType: "e2-standard-4", min: 1, max: 3 } },
    },
    bench: {
      cloud: "azure",
      region: "westeurope",
      environment: "test",
      endpoint: { public: true, authorizedNetworks: ["192.0.2.0/24"] },
      nodePools: { all: { machineType: "Standard_D4s_v5", min: 1, max: 3 } },
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
      token: "runner-token",
    },
  },
  secrets: { "runner-token": { store: "gcp", path: "ci/runner" } },
  slos: {
    up: { objective: "99.95%", window: "7d", metric: { kind: "success-rate" } },
    quick: { objective: "99%", metric: { kind: "latency", threshold: "300ms" } },
    sold: {
      objective: "98%",
      metric: {
        kind: "query",
        good: { counter: "sold_total" },
        total: { counter: "orders_total" },
      },
    },
    pleasant: { objective: "90%" },
  },
  rollouts: {
    steady: { kind: "canary", steps: [{ weight: 10, pause: "approval" }, { weight: 60 }], analysis: { slos: ["up"] } },
    swap: { kind: "blue-green", autoPromote: false },
    copy: { kind: "shadow", duration: "20m", mirror: "25%", steps: [] },
  },
  resilience: {
    environments: ["test"],
    experiments: {
      kill: { kind: "pod-kill", schedule: "0 10 * * 1-5", duration: "3m", abortOn: ["up", "quick"] },
      slow: { kind: "network-delay", schedule: "0 8-18 * * 2", duration: "3m", latency: "50ms", abortOn: ["up"] },
      "lose-zone": {
        kind: "zone-outage",
        schedule: "0 9 1 * *",
        duration: "3m",
        zone: "westeurope-1",
        abortOn: ["up"],
      },
      elsewhere: {
        kind: "zone-outage",
        schedule: "0 9 1 * *",
        duration: "3m",
        zone: "europe-west1-b",
        abortOn: ["up"],
      },
    },
  },
  security: { allowedRegistries: ["ghcr.io/team/"] },
  services: {
    basket: {
      team: "shop",
      image: "ghcr.io/team/basket",
      placement: "all",
      ports,
      probes,
      slos: ["up", "quick"],
      rollout: "steady",
      chaos: ["kill", "slow", "lose-zone", "elsewhere"],
      pauseSelfHeal: true,
    },
    search: {
      team: "shop",
      image: "ghcr.io/team/search",
      placement: { clusters: ["hub"] },
      ports,
      probes,
      slos: ["pleasant"],
      rollout: "copy",
    },
    till: {
      team: "shop",
      image: "ghcr.io/team/till",
      placement: { clusters: ["hub"] },
      ports,
      probes,
      slos: ["sold"],
      rollout: "swap",
    },
    web: {
      team: "shop",
      image: "ghcr.io/team/web",
      placement: { clusters: ["bench"] },
      ports,
      probes,
      rollout: { kind: "canary", steps: [{ weight: 30, pause: "5m" }] },
    },
    orders: {
      team: "shop",
      kind: "stateful",
      image: "ghcr.io/team/orders",
      placement: { clusters: ["hub"] },
      storage: [{ name: "data", path: "/data", size: "1Gi" }],
    },
    report: {
      team: "shop",
      kind: "job",
      image: "ghcr.io/team/report",
      placement: { clusters: ["bench"] },
      schedule: "30 6 * * 1",
    },
  },
};
