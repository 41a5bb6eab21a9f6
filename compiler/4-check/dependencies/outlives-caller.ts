import { seconds } from "../../config/units.ts";
import { workloadOn } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/outlives-caller",
  severity: "warning",
  summary: "A service waits no longer for what it cannot do without than its own callers wait for it",
  why: "The caller has gone when the answer comes: the work is done for nobody, and when something is slow, such work fills the services that everybody waits for.",

  *run(topology) {
    for (const caller of topology.workloads) {
      for (const { service, call } of caller.dependsOn) {
        const inner = workloadOn(topology, caller.cluster.name, service)?.dependsOn ?? [];
        for (const next of inner) {
          if (!next.critical || call?.timeout === undefined || next.call?.timeout === undefined) continue;
          if (seconds(next.call.timeout) <= seconds(call.timeout)) continue;
          yield {
            at: `${next.call.source}.timeout`,
            message: `${service} waits ${next.call.timeout} for ${next.service}, and ${caller.name} waits ${call.timeout} for ${service}`,
            hint: `wait less than ${call.timeout}, or let ${caller.name} wait longer`,
            related: [{ at: `${call.source}.timeout`, message: `${caller.name} waits ${call.timeout}` }],
          };
        }
      }
    }
  },
});
