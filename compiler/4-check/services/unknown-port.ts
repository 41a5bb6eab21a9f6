import { didYouMean } from "../../diagnostics/suggest.ts";
import type { Workload } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";
import { list, onePerForm } from "../../facts/placement.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "services/unknown-port",
  severity: "error",
  summary: "Probes, metrics and exposure name a port that the service declares",
  why: "A probe of a port that is not there never passes, so that no pod ever becomes ready; metrics and exposure would lead nowhere.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const declared = workload.ports.map(({ name }) => name);
      for (const { at, port } of portNames(workload)) {
        if (declared.includes(port)) continue;
        yield {
          at,
          message: `${workload.name} has no port called ${port}`,
          idea: `there is no port called ${port}`,
          hint:
            didYouMean(port, declared) ??
            (declared.length === 0 ? "declare it under `ports`" : `its ports are ${list(declared)}`),
        };
      }
    }
  },
});

/** Every place of a service that names one of its ports. */
function portNames(workload: Workload): { at: string; port: string }[] {
  const { probes, telemetry, exposure } = workload;
  return [
    ...Object.values(probes).flatMap((probe) =>
      probe.port === undefined ? [] : [{ at: `${probe.source}.port`, port: probe.port }],
    ),
    ...(telemetry.metrics === undefined
      ? []
      : [{ at: fieldAt(workload, "telemetry", "metrics", "port"), port: telemetry.metrics.port }]),
    ...(exposure === undefined ? [] : [{ at: fieldAt(workload, "exposure", "port"), port: exposure.port }]),
  ];
}
