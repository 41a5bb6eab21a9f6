import type { Workload } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";
import { list, onePerForm } from "../../facts/placement.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "services/udp-port",
  severity: "error",
  summary: "Probes, metrics and exposure are about a port that takes connections",
  why: "The kubelet, Prometheus and an ingress connect by TCP. Of a UDP port Kubernetes reads the number alone, so that they would ask where nobody listens: no pod would become ready.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, ports } = workload;
      const others = ports.filter(({ protocol }) => protocol !== "udp").map((port) => port.name);
      for (const { at, title, port } of asked(workload)) {
        if (!ports.some((declared) => declared.name === port && declared.protocol === "udp")) continue;
        yield {
          at,
          message: `${name}: ${title} on ${port}, which is a UDP port`,
          idea: `${title} on a UDP port`,
          hint:
            others.length > 0
              ? `take ${list(others)}`
              : title.endsWith("probe")
                ? 'let a command ask, as { kind: "exec", command: ["/bin/healthy"] }'
                : "declare a port with another protocol for it",
        };
      }
    }
  },
});

/** Everything that is asked of a port from outside. */
function asked(workload: Workload): { at: string; title: string; port: string }[] {
  const { probes, telemetry, exposure } = workload;
  return [
    ...Object.entries(probes).flatMap(([use, { source, port }]) =>
      port === undefined ? [] : [{ at: `${source}.port`, title: `the ${use} probe`, port }],
    ),
    ...(telemetry.metrics === undefined
      ? []
      : [
          {
            at: fieldAt(workload, "telemetry", "metrics", "port"),
            title: "the metrics",
            port: telemetry.metrics.port,
          },
        ]),
    ...(exposure === undefined
      ? []
      : [{ at: fieldAt(workload, "exposure", "port"), title: "the exposure", port: exposure.port }]),
  ];
}
