import { defineCheck } from "../../4-check/check.ts";

export default defineCheck({
  id: "istio/plain-caller",
  severity: "error",
  summary: "Under strict mutual TLS, what is outside the mesh calls nothing inside it",
  why: "Jobs and stateful services have no proxy and speak plain text, which a strict mesh refuses: every call would fail.",

  *run({ security, workloads }) {
    if (security.mesh.mtls !== "strict") return;
    const meshed = new Set(workloads.filter((workload) => workload.meshed).map(({ name }) => name));
    // A dependency is written once, however many clusters its service runs in.
    const found = new Set<string>();
    for (const caller of workloads) {
      for (const { source, service, peer } of caller.meshed ? [] : caller.dependsOn) {
        if (peer === undefined || !meshed.has(service) || found.has(source)) continue;
        // The proxy passes UDP by: https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
        if (peer.ports.every(({ transport }) => transport === "UDP")) continue;
        found.add(source);
        yield {
          at: source,
          message: `${caller.name} is outside the mesh (kind: "${caller.kind}") and would call ${service} in plain text, which strict mutual TLS refuses`,
          idea: `what is outside the mesh would call ${service} in plain text`,
          hint: `make ${caller.name} a "service", let ${service} hand it the data another way, or set security.mesh.mtls: "permissive"`,
          related: [{ at: `${security.mesh.source}.mtls`, message: "strict" }],
        };
      }
    }
  },
});
