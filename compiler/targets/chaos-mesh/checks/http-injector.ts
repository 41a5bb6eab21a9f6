import { defineCheck } from "../../../4-check/check.ts";
import { isMeshFault } from "../../../3-lower/resilience.ts";

export default defineCheck({
  id: "chaos-mesh/http-injector",
  severity: "error",
  summary: "What injects an HTTP fault is there, and can do what is asked",
  why: "Outside the mesh there is no sidecar to inject anything. Chaos Mesh's HTTPChaos takes its place, but it hits every request of a pod: a share of the requests it cannot do.",

  *run({ workloads }) {
    for (const workload of workloads) {
      if (workload.meshed) continue;
      for (const { experiment } of workload.chaos) {
        if (experiment.kind !== "http-fault") continue;
        const { name, source, requests } = experiment;
        const users = [{ at: workload.source, message: `${workload.name} takes part in it` }];
        if (isMeshFault(workload, experiment)) {
          yield {
            at: `${source}.by`,
            message: `${name} is injected by the mesh, and ${workload.name} is not in it`,
            hint: "leave `by` out, and let it hit all requests",
            related: users,
          };
        } else if (requests < 100) {
          yield {
            at: `${source}.requests`,
            message: `${name} hits ${requests}% of the requests, and for ${workload.name}, which is not in the mesh, it can only hit all`,
            hint: 'say "100%", and narrow it with `scope`: the share of the pods',
            related: users,
          };
        }
      }
    }
  },
});
