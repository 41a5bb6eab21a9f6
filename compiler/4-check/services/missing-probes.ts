import { defineCheck } from "../check.ts";
import { list, onePerForm } from "../../facts/placement.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "services/missing-probes",
  severity: "error",
  summary: "What has ports has a liveness and a readiness probe",
  why: "Without a readiness probe traffic reaches pods that cannot answer yet, at every release and every scaling; without a liveness probe one that hangs stays.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, kind, ports, probes } = workload;
      if (ports.length === 0 || kind === "job") continue;
      const missing = (["liveness", "readiness"] as const).filter((use) => probes[use] === undefined);
      if (missing.length === 0) continue;
      yield {
        at: fieldAt(workload, "probes"),
        message: `${name} has ports and no ${list(missing)} probe`,
        idea: `a service has ports and no ${list(missing)} probe`,
        hint: 'add it, as { kind: "http", port: "http", path: "/ready" }',
      };
    }
  },
});
