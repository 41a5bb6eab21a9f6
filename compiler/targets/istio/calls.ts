import type { Artifact } from "../../5-emit/artifact.ts";
import { kubernetesFile, kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { callersWithOptions, hasWeights, httpRoutes } from "../../5-emit/routes.ts";
import { isPlainTcp } from "../../facts/ports.ts";
import type { Workload } from "../../topology/workloads.ts";

/**
 * How single callers call a service whose weights nobody moves. Where a Rollout does, its VirtualService has these routes:
 * the mesh takes one VirtualService for a host.
 */
export function callsFile(workload: Workload): Artifact[] {
  const callers = callersWithOptions(workload);
  if (callers.length === 0 || hasWeights(workload)) return [];
  const { name, namespace, labels, ports, path, kubernetesServices } = workload;
  const several = ports.length > 1;
  const tcp = ports.filter(isPlainTcp);
  const destination = (port: number) => [
    { destination: { host: kubernetesServices.main, ...(several ? { port: { number: port } } : {}) } },
  ];
  const route = kubernetesObject(
    {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      name,
      namespace,
      labels,
      annotations: syncWave(-1),
      source: callers[0]!.call.source,
    },
    {
      spec: {
        hosts: [name],
        http: httpRoutes(workload, ({ port }) => destination(port)),
        ...(tcp.length === 0 ? {} : { tcp: tcp.map(({ port }) => ({ match: [{ port }], route: destination(port) })) }),
      },
    },
  );
  return [kubernetesFile(`${path}/manifests/calls.yaml`, [route], callers[0]!.call.source)];
}
