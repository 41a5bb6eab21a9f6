import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { fieldAt } from "../../facts/differences.ts";
import { kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { hasWeights, httpRouteNames, httpRoutes } from "../../5-emit/routes.ts";
import { MIRROR_ROUTE } from "../../facts/names.ts";
import { isPlainTcp } from "../../facts/ports.ts";
import type { WorkloadPort } from "../../topology/workloads.ts";
import type { ProgressiveWorkload } from "./progressive.ts";

/** Which routes the Rollout moves. Without the mesh, weights are kept by numbers of pods. */
export function trafficRouting(workload: ProgressiveWorkload): Record<string, unknown> {
  if (!hasWeights(workload)) return {};
  const { name, ports, strategy } = workload;
  const http = httpRouteNames(workload);
  const tcp = ports.filter(isPlainTcp);
  return {
    trafficRouting: {
      ...(strategy.kind === "shadow" ? { managedRoutes: [{ name: MIRROR_ROUTE }] } : {}),
      istio: {
        virtualService: {
          name,
          ...(http.length === 0 ? {} : { routes: http }),
          ...(tcp.length === 0 ? {} : { tcpRoutes: tcp.map(({ port }) => ({ port })) }),
        },
      },
    },
  };
}

/** All traffic on the stable Service until the Rollout says otherwise; Argo CD leaves the weights alone. */
export function virtualService(workload: ProgressiveWorkload): KubernetesObject[] {
  if (!hasWeights(workload)) return [];
  const { name, namespace, labels, ports } = workload;
  const several = ports.length > 1;
  const destinations = ({ port }: WorkloadPort) => {
    const at = several ? { port: { number: port } } : {};
    const { main, next } = workload.kubernetesServices;
    return [
      { destination: { host: main, ...at }, weight: 100 },
      { destination: { host: next, ...at }, weight: 0 },
    ];
  };
  const http = httpRoutes(workload, destinations);
  const tcp = ports.filter(isPlainTcp).map((port) => ({ match: [{ port: port.port }], route: destinations(port) }));
  const route = kubernetesObject(
    {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      name,
      namespace,
      labels,
      annotations: syncWave(-1),
      source: fieldAt(workload, "rollout"),
    },
    { spec: { hosts: [name], ...(http.length === 0 ? {} : { http }), ...(tcp.length === 0 ? {} : { tcp }) } },
  );
  return [route];
}
