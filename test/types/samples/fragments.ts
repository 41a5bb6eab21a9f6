import type { Probes, Service } from "eco-compile";

/** Shared parts keep their literals with `as const`, and are checked with `satisfies`. */
export const probes = { liveness: { kind: "http", port: "http", path: "/live" }, readiness: { kind: "tcp", port: "http" } } as const satisfies Probes;
export const web = { team: "shop", image: "ghcr.io/acme/web", ports: { http: { port: 80, targetPort: 8080 } }, gracePeriod: "45s" } as const satisfies Partial<Service>;
