import type { Canary, Ecosystem, Service } from "../../compiler/config/index.ts";

/**
 * A large ecosystem: as many services as asked for, each on three clusters, as a platform of several hundred engineers
 * has them.
 */
export function largeEcosystem(count: number): { config: Ecosystem; images: Record<string, Record<string, string>> } {
  const services: Record<string, Service> = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [nameOf(index), service(index)]),
  );
  const digest = (index: number, environment: number) =>
    `sha256:${(index * 2 + environment).toString(16).padStart(64, "0")}`;
  return {
    config: {
      name: "large",
      repository: { url: "https://git.example/large.git" },
      library: "in-repo",
      management: { cluster: "north" },
      clouds: {
        gcp: {
          project: "large-project",
          network: { name: "large", cidr: "10.0.0.0/12" },
          regions: {
            "europe-north1": { subnet: { cidr: "10.0.0.0/16" } },
            "europe-west1": { subnet: { cidr: "10.1.0.0/16" } },
            "europe-west4": { subnet: { cidr: "10.2.0.0/16" } },
          },
        },
      },
      environments: { staging: {}, production: { after: "staging" } },
      teams: Object.fromEntries(
        Array.from({ length: 40 }, (_, team) => [`team-${team}`, { contact: `#team-${team}` }]),
      ),
      clusters: {
        test: { cloud: "gcp", region: "europe-west4", environment: "staging", version: "1.35", nodePools: pools },
        north: { cloud: "gcp", region: "europe-north1", environment: "production", version: "1.35", nodePools: pools },
        west: { cloud: "gcp", region: "europe-west1", environment: "production", version: "1.35", nodePools: pools },
      },
      slos: {
        available: { objective: "99.9%", metric: { kind: "success-rate" } },
        fast: { objective: "99%", metric: { kind: "latency", threshold: "250ms" } },
      },
      rollouts: { careful },
      security: { allowedRegistries: ["registry.example/"] },
      services,
    },
    images: Object.fromEntries(
      Object.keys(services).map((name, index) => [name, { staging: digest(index, 0), production: digest(index, 1) }]),
    ),
  };
}

const nameOf = (index: number): string => `service-${String(index).padStart(4, "0")}`;

/** Nodes for 1,000 services with two pods of 100m each, and room to spare. */
const pools = { general: { machineType: "e2-standard-16", min: 3, max: 120 } };

const careful: Canary = {
  kind: "canary",
  steps: [
    { weight: 5, pause: "5m" },
    { weight: 25, pause: "10m" },
    { weight: 50, pause: "10m" },
  ],
  analysis: { slos: ["available", "fast"] },
};

/** Calls the two services before it, so that the graph has no cycle. */
function service(index: number): Service {
  return {
    team: `team-${index % 40}`,
    image: `registry.example/${nameOf(index)}`,
    placement: "all",
    ports: { http: { port: 80, targetPort: 8080 } },
    probes: {
      liveness: { kind: "http", port: "http", path: "/live" },
      readiness: { kind: "http", port: "http", path: "/ready" },
    },
    resources: { cpu: "100m", memory: "128Mi" },
    scaling: { min: 2, max: 4 },
    config: { env: { LOG_LEVEL: "info", REGION: `shard-${index % 7}` } },
    dependsOn: [index - 1, index - 2]
      .filter((other) => other >= 0)
      .map((other) => ({ service: nameOf(other), port: 80, critical: false })),
    slos: ["available", "fast"],
    rollout: "careful",
    traffic: "50/s",
  };
}
