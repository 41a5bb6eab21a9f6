import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { fieldAt } from "../../facts/differences.ts";
import { kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { MIRROR_ROUTE, PRIMARY_ROUTE } from "../../facts/names.ts";
import { hasRequests } from "../../facts/ports.ts";
import type { Workload, WorkloadPort } from "../../topology/workloads.ts";
import type { ProgressiveWorkload } from "./progressive.ts";

/** Blue/green switches a Service's selector; weights need the mesh, which routes no UDP: that stays with stable. */
const isRouted = ({ strategy, meshed }: ProgressiveWorkload): boolean => meshed && strategy.kind !== "blue-green";
const isTcp = ({ protocol }: WorkloadPort): boolean => protocol === "tcp";

/** One route per port, since a destination must name its port when a Service has several. */
const routeName = ({ ports }: Workload, { name }: WorkloadPort): string =>
  ports.filter(hasRequests).length === 1 ? PRIMARY_ROUTE : `${PRIMARY_ROUTE}-${name}`;

/** Which routes the Rollout moves. Without the mesh, weights are kept by numbers of pods. */
export function trafficRouting(workload: ProgressiveWorkload): Record<string, unknown> {
  if (!isRouted(workload)) return {};
  const { name, ports, strategy } = workload;
  const http = ports.filter(hasRequests);
  const tcp = ports.filter(isTcp);
  return {
    trafficRouting: {
      ...(strategy.kind === "shadow" ? { managedRoutes: [{ name: MIRROR_ROUTE }] } : {}),
      istio: {
        virtualService: {
          name,
          ...(http.length === 0 ? {} : { routes: http.map((port) => routeName(workload, port)) }),
          ...(tcp.length === 0 ? {} : { tcpRoutes: tcp.map(({ port }) => ({ port })) }),
        },
      },
    },
  };
}

/** All traffic on the stable Service until the Rollout says otherwise; Argo CD leaves the weights alone. */
export function virtualService(workload: ProgressiveWorkload): KubernetesObject[] {
  if (!isRouted(workload)) return [];
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
  const http = ports.filter(hasRequests).map((port) => ({
    name: routeName(workload, port),
    ...(several ? { match: [{ port: port.port }] } : {}),
    route: destinations(port),
  }));
  const tcp = ports.filter(isTcp).map((port) => ({ match: [{ port: port.port }], route: destinations(port) }));
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
