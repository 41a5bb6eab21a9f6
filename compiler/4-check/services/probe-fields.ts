import type { Probe } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "services/probe-fields",
  severity: "error",
  summary: "A probe has the fields of its kind, and those alone",
  why: "Kubernetes refuses a probe without a port or a command. A path on a TCP probe would never be asked for, although it reads as if it were.",

  *run(topology) {
    for (const { name, probes } of onePerForm(topology)) {
      for (const [use, probe] of Object.entries(probes)) {
        for (const field of FIELDS) {
          const given = isGiven(probe, field);
          const wanted = wants[probe.kind][field];
          if (wanted === "needed" && !given)
            yield {
              at: probe.source,
              message: `${name}: the ${use} probe is ${probe.kind} and has no ${field}`,
              idea: `the ${use} probe is ${probe.kind} and has no ${field}`,
              hint: `add \`${field}\``,
            };
          if (wanted === undefined && given)
            yield {
              at: `${probe.source}.${field}`,
              message: `${name}: the ${use} probe is ${probe.kind}, which takes no ${field}`,
              idea: `the ${use} probe is ${probe.kind}, which takes no ${field}`,
              hint: "take it out, or change the probe's kind",
            };
        }
      }
    }
  },
});

const FIELDS = ["port", "path", "command", "headers"] as const;
type Field = (typeof FIELDS)[number];

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Probe */
const wants: Record<Probe["kind"], Partial<Record<Field, "needed" | "allowed">>> = {
  http: { port: "needed", path: "allowed", headers: "allowed" },
  grpc: { port: "needed" },
  tcp: { port: "needed" },
  exec: { command: "needed" },
};

function isGiven(probe: Probe, field: Field): boolean {
  if (field === "headers") return Object.keys(probe.headers).length > 0;
  return field === "command" ? (probe.command?.length ?? 0) > 0 : probe[field] !== undefined;
}
