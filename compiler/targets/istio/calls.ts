import type { Artifact } from "../../5-emit/artifact.ts";
import { kubernetesFile } from "../../5-emit/kubernetes.ts";
import { callersWithOptions, hasWeights, virtualService } from "../../5-emit/routes.ts";
import type { Workload } from "../../topology/workloads.ts";

/**
 * How single callers call a service whose weights nobody moves. Where a Rollout does, its VirtualService has these routes:
 * the mesh takes one VirtualService for a host.
 */
export function callsFile(workload: Workload): Artifact[] {
  const callers = callersWithOptions(workload);
  if (callers.length === 0 || hasWeights(workload)) return [];
  const { source } = callers[0]!.call;
  const destinations = [{ host: workload.kubernetesServices.main }];
  return [
    kubernetesFile(
      `${workload.path}/manifests/calls.yaml`,
      [virtualService(workload, { source, destinations })],
      source,
    ),
  ];
}
