import { workloadOn } from "../../facts/placement.ts";
import { hasRequests, transportOf } from "../../facts/ports.ts";
import type { Workload } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/call-without-effect",
  severity: "error",
  summary: "What is said of a call is said of one that the mesh carries",
  why: "Timeouts and retries are the work of the caller's sidecar, which counts requests. Without one, and where no requests are seen, nothing ends a call and nothing tries it again, although the config says so.",

  *run(topology) {
    for (const caller of topology.workloads) {
      for (const { service, port, call } of caller.dependsOn) {
        const reason = call && reasonOf(caller, workloadOn(topology, caller.cluster.name, service), port);
        if (reason === undefined) continue;
        yield {
          at: `${call!.source}.${call!.timeout === undefined ? "retries" : "timeout"}`,
          message: `it has no effect: ${reason.because}`,
          hint: reason.hint,
        };
      }
    }
  },
});

function reasonOf(caller: Workload, called: Workload | undefined, port: number) {
  if (!caller.meshed)
    return {
      because:
        caller.kind === "service" || caller.kind === "daemon"
          ? `there is no mesh (security.mesh.enabled)`
          : `${caller.name} is outside the mesh (kind: "${caller.kind}")`,
      hint: `take it out, and let ${caller.name} end and repeat its calls itself`,
    };
  // A number may be that of two ports, as for DNS.
  const ports = called?.ports.filter((candidate) => candidate.port === port) ?? [];
  return ports.length === 0 || ports.some(hasRequests)
    ? undefined
    : {
        because: `${called!.name} speaks plain ${ports.map(transportOf).join(" and ")} at port ${port}, which has no requests`,
        hint: `take it out, or set the port's \`protocol\` to what ${called!.name} speaks`,
      };
}
