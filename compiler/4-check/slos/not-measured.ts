import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";
import { hasRequests } from "../../facts/ports.ts";
import { isCountedByMesh } from "../slo-metrics.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "slos/not-measured",
  severity: "error",
  summary: "What the mesh counts is promised by services in the mesh that speak HTTP or gRPC",
  why: "Success rates and latencies come from the requests that the mesh's proxies see. Jobs and stateful services have no proxy, and TCP and UDP have no requests: there would never be data, neither for alerts nor for a gate.",

  *run(topology) {
    if (!topology.security.mesh.enabled) return; // rollouts/needs-mesh says so
    for (const workload of onePerForm(topology)) {
      const { name, kind, meshed, ports, slos } = workload;
      const reason = !meshed
        ? `${name} is ${kind === "job" ? "a job" : "stateful"} and not in the mesh`
        : !ports.some(hasRequests)
          ? `${name} has no HTTP or gRPC port`
          : undefined;
      if (reason === undefined) continue;
      for (const [index, slo] of slos.entries()) {
        if (!isCountedByMesh(slo)) continue;
        yield {
          at: fieldAt(workload, "slos", index),
          message: `${slo.name} is counted by the mesh, and ${reason}`,
          idea: `${slo.name} is counted by the mesh, and ${meshed ? "there is no HTTP or gRPC port" : `a ${kind} is not in the mesh`}`,
          hint: 'promise an SLO with a query of your own (kind: "query")',
          related: [{ at: slo.source, message: slo.name }],
        };
      }
    }
  },
});
