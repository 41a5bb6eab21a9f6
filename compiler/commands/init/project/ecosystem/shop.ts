import { tunable } from "eco-compile";
import { defineService, url } from "./eco.ts";

// Two copies of podinfo, a small public web service (https://github.com/stefanprodan/podinfo): `web` calls `api`.

export const web = defineService({
  team: "shop",
  image: "ghcr.io/stefanprodan/podinfo",
  placement: "all",
  ports: { http: { port: 80, targetPort: 9898 } },
  probes: { liveness: { kind: "http", port: "http", path: "/healthz" }, readiness: { kind: "http", port: "http", path: "/readyz" } },
  config: { env: { PODINFO_BACKEND_URL: url("api", "http", "/echo") } },
  dependsOn: [{ service: "api", port: 80, critical: false }], // its address makes it a dependency; this says which kind
  scaling: { min: tunable({ default: 2, min: 2, max: 4 }), max: 6 },
  slos: ["available", "fast"],
  traffic: "20/s", // CHANGE: requests in a quiet hour, by which a release's gate can tell what it will see
  rollout: "careful",
  exposure: { hosts: ["shop.example.com"], port: "http" }, // CHANGE
});

export const api = defineService({
  team: "shop",
  image: "ghcr.io/stefanprodan/podinfo",
  placement: "all",
  ports: { http: { port: 80, targetPort: 9898 } },
  probes: { liveness: { kind: "http", port: "http", path: "/healthz" }, readiness: { kind: "http", port: "http", path: "/readyz" } },
  scaling: { min: 2, max: 4 },
  slos: ["available"],
});
