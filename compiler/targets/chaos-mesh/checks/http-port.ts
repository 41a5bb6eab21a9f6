import { hasRequests } from "../../../facts/ports.ts";
import { onePerForm } from "../../../facts/placement.ts";
import { defineCheck } from "../../../4-check/check.ts";

export default defineCheck({
  id: "chaos-mesh/http-port",
  severity: "error",
  risk: true,
  summary: "A service with an HTTP fault has a port that speaks HTTP or gRPC",
  why: "On a TCP or UDP port there are no requests to fail: the experiment would do nothing and look like a success.",

  *run(topology) {
    for (const { name, ports, chaos } of onePerForm(topology)) {
      if (ports.some(hasRequests)) continue;
      for (const { source, experiment } of chaos) {
        if (experiment.kind !== "http-fault") continue;
        yield {
          at: source,
          message: `${name} has no HTTP or gRPC port for ${experiment.name}`,
          idea: `no HTTP or gRPC port for ${experiment.name}`,
          hint: "say the port's protocol, or use a network experiment",
          related: [{ at: experiment.source, message: experiment.name }],
        };
      }
    }
  },
});
