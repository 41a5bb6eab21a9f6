import { defineService } from "./eco.ts";

// The assistant, what watches it, what answers in its place, and where conversations are kept.

const claudeService = defineService({
  team: "platform",
  image: "ghcr.io/acme/claude-service",
  placement: { clusters: ["cluster-paris", "cluster-ultimate"] },
  ports: { http: { port: 80, targetPort: 8080 } },
  probes: {
    liveness: { kind: "http", port: "http", path: "/livez" },
    readiness: { kind: "http", port: "http", path: "/healthz" },
  },
  resources: { cpu: "250m", memory: "512Mi" },
  scaling: { min: 2, max: 4 },
  secrets: [{ secret: "assistant-api-key" }],
  dependsOn: [{ service: "context-store", port: 6379, critical: false }],
  egress: [{ host: "api.anthropic.com" }],
  slos: ["mostly-available", "answers"],
  traffic: "2/s",
  rollout: "patient",
  chaos: ["lose-store"],
});

const fallbackService = defineService({
  team: "platform",
  image: "ghcr.io/acme/fallback-service",
  placement: { clusters: ["cluster-paris", "cluster-ultimate"] },
  ports: { http: { port: 80, targetPort: 8080 } },
  probes: {
    liveness: { kind: "http", port: "http", path: "/livez" },
    readiness: { kind: "http", port: "http", path: "/healthz" },
  },
  scaling: { min: 2, max: 2 },
  dependsOn: [{ service: "context-store", port: 6379, critical: false }],
  slos: ["available"],
});

export const watchdog = defineService({
  team: "platform",
  image: "ghcr.io/acme/watchdog",
  placement: { clusters: ["cluster-paris", "cluster-ultimate"] },
  ports: { http: { port: 80, targetPort: 8080 } },
  probes: {
    liveness: { kind: "http", port: "http", path: "/livez" },
    readiness: { kind: "http", port: "http", path: "/healthz" },
  },
  scaling: { min: 2, max: 2 },
  dependsOn: [
    { service: "claude-service", port: 80, critical: false },
    { service: "fallback-service", port: 80, critical: false },
  ],
});

const contextStore = defineService({
  team: "platform",
  kind: "stateful",
  image: "docker.io/library/redis",
  placement: { clusters: ["cluster-paris", "cluster-ultimate"] },
  args: ["--appendonly", "yes", "--dir", "/data"],
  ports: { redis: { port: 6379, protocol: "tcp" } },
  probes: { liveness: { kind: "tcp", port: "redis" }, readiness: { kind: "exec", command: ["redis-cli", "ping"] } },
  resources: { cpu: "100m", memory: "256Mi" },
  scaling: { min: 1, max: 1 },
  storage: [{ name: "data", path: "/data", size: "10Gi" }],
});

export { claudeService as "claude-service", fallbackService as "fallback-service", contextStore as "context-store" };
