import type { Ecosystem } from "eco-compile";

/**
 * What every sample has and none is about: one GKE cluster, one team. Values differ from the defaults on purpose, so that a default
 * cannot stand in for a value that went missing.
 */
export const base = {
  name: "sample",
  repository: { url: "https://git.example/sample.git", revision: "trunk", path: "platform" },
  library: "in-repo",
  management: { cluster: "one" },
  clouds: {
    gcp: {
      project: "sample-project",
      network: { name: "sample-net", cidr: "10.8.0.0/16" },
      regions: { "europe-north1": { subnet: { name: "north", cidr: "10.8.16.0/20" } } },
    },
  },
  environments: { live: {} },
  teams: { crew: { contact: "#crew", namespace: "crew-apps" } },
  clusters: {
    one: { cloud: "gcp", region: "europe-north1", environment: "live", version: "1.35", nodePools: { main: { machineType: "e2-standard-8", min: 4, max: 7 } } },
  },
  slos: {
    up: { objective: "99.3%", window: "14d", metric: { kind: "success-rate" } },
    quick: { objective: "97%", metric: { kind: "latency", threshold: "500ms" } },
  },
  security: { mesh: { mtls: "permissive" }, policies: { enforcement: "warn" }, allowedRegistries: ["registry.example/crew/"] },
} as const satisfies Partial<Ecosystem>;

/** An HTTP service without anything special. */
export const web = {
  team: "crew",
  placement: "all",
  ports: { web: { port: 8000, targetPort: 9000 } },
  probes: { liveness: { kind: "http", port: "web", path: "/alive" }, readiness: { kind: "http", port: "web", path: "/serving" } },
  scaling: { min: 3, max: 3 },
} as const;

/** Digests that are as good as any other. */
export const digest = (digit: string) => `sha256:${digit.repeat(64)}` as const;
