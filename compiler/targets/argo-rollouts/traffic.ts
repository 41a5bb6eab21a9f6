import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { fieldAt } from "../../facts/differences.ts";
import { hasWeights, httpRouteNames, virtualService } from "../../5-emit/routes.ts";
import { MIRROR_ROUTE } from "../../facts/names.ts";
import { isPlainTcp } from "../../facts/ports.ts";
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
export function traffic(workload: ProgressiveWorkload): KubernetesObject[] {
  if (!hasWeights(workload)) return [];
  const { main, next } = workload.kubernetesServices;
  const destinations = [
    { host: main, weight: 100 },
    { host: next!, weight: 0 },
  ];
  return [virtualService(workload, { source: fieldAt(workload, "rollout"), destinations })];
}
