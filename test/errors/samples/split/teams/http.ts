export const http = (targetPort: number) => ({
  ports: { http: { port: 80, targetPort } },
  probes: { liveness: { kind: "http", port: "http", path: "/live" }, readiness: { kind: "http", port: "http", path: "/ready" } },
});
