import { childPath } from "../../../diagnostics/config-path.ts";
import { defineCheck } from "../../../4-check/check.ts";

export default defineCheck({
  id: "chaos-mesh/http-port",
  severity: "error",
  risk: true,
  summary: "A service with an HTTP fault has a port that speaks HTTP or gRPC",
  why: "On a TCP port there are no requests to fail: the experiment would do nothing and look like a success.",

  *run({ services, workloads }) {
    const ports = new Map(workloads.map(({ name, ports }) => [name, ports]));
    for (const { name, source, experiments } of services) {
      for (const [index, experiment] of experiments.entries()) {
        if (experiment.kind !== "http-fault" || ports.get(name)?.some(({ protocol }) => protocol !== "tcp") !== false)
          continue;
        yield {
          at: childPath(`${source}.chaos`, index),
          message: `${name} has no HTTP or gRPC port for ${experiment.name}`,
          idea: `no HTTP or gRPC port for ${experiment.name}`,
          hint: "say the port's protocol, or use a network experiment",
          related: [{ at: experiment.source, message: experiment.name }],
        };
      }
    }
  },
});
