/** Routes of the mesh to a service: what argo-rollouts writes where weights move, and istio where none do. */
import { seconds, type Duration } from "../config/units.ts";
import { PRIMARY_ROUTE } from "../facts/names.ts";
import { hasRequests, isPlainTcp } from "../facts/ports.ts";
import type { Caller, Workload, WorkloadPort } from "../topology/workloads.ts";
import type { KubernetesObject } from "./artifact.ts";
import { kubernetesObject, syncWave } from "./kubernetes.ts";

/** Whether a Rollout moves the weights of its VirtualService. Blue/green switches a Service's selector; weights need the mesh. */
export const hasWeights = ({ strategy, meshed }: Workload): boolean =>
  meshed && (strategy.kind === "canary" || strategy.kind === "shadow");

/** A caller that says how its requests go. */
export type CallerWithOptions = Caller & { call: NonNullable<Caller["call"]> };

/** The callers of HTTP ports that say how their requests go, by port and name. How they connect is no matter of routes. */
export const callersWithOptions = ({ calledBy, ports }: Workload): CallerWithOptions[] =>
  ports
    .filter(hasRequests)
    .flatMap(({ port }) =>
      calledBy.filter(
        (caller): caller is CallerWithOptions =>
          caller.call?.port === port && (caller.call.timeout !== undefined || caller.call.retries !== undefined),
      ),
    );

/** One route per port, since a destination must name its port when a Service has several; callers have their own in front. */
const routeName = ({ ports }: Workload, { name }: WorkloadPort, caller?: Caller): string =>
  [
    PRIMARY_ROUTE,
    ...(ports.filter(hasRequests).length === 1 ? [] : [name]),
    ...(caller === undefined ? [] : ["from", caller.name]),
  ].join("-");

/** The names of the HTTP routes, in their order. */
export const httpRouteNames = (workload: Workload): string[] => httpRoutes(workload, () => []).map(({ name }) => name);

/** A Kubernetes Service that a route leads to, and its share of the traffic where it leads to several. */
interface Destination {
  host: string;
  weight?: number;
}

/** The one VirtualService of a service, there before what it routes to. Each of its routes has the same destinations. */
export function virtualService(
  workload: Workload,
  { source, destinations }: { source: string; destinations: readonly Destination[] },
): KubernetesObject {
  const { name, namespace, labels, ports } = workload;
  const several = ports.length > 1;
  const route = ({ port }: WorkloadPort) =>
    destinations.map(({ host, ...weight }) => ({
      destination: { host, ...(several ? { port: { number: port } } : {}) },
      ...weight,
    }));
  const http = httpRoutes(workload, route);
  const tcp = ports.filter(isPlainTcp).map((port) => ({ match: [{ port: port.port }], route: route(port) }));
  return kubernetesObject(
    {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      name,
      namespace,
      labels,
      annotations: syncWave(-1),
      source,
    },
    { spec: { hosts: [name], ...(http.length === 0 ? {} : { http }), ...(tcp.length === 0 ? {} : { tcp }) } },
  );
}

/**
 * The HTTP routes of a service. The first that matches is taken, so those of single callers stand before that of all:
 * https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
function httpRoutes(workload: Workload, destinations: (port: WorkloadPort) => readonly object[]) {
  const several = workload.ports.length > 1;
  const callers = callersWithOptions(workload);
  return workload.ports.filter(hasRequests).flatMap((port) => {
    const at = several ? { port: port.port } : {};
    const route = destinations(port);
    return [
      ...callers
        .filter(({ call }) => call.port === port.port)
        .map((caller) => ({
          name: routeName(workload, port, caller),
          match: [{ ...at, sourceLabels: { ...caller.selector }, sourceNamespace: caller.namespace }],
          route,
          ...optionsOf(caller),
        })),
      { name: routeName(workload, port), ...(several ? { match: [at] } : {}), route },
    ];
  });
}

/** https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRetry */
function optionsOf({ call: { timeout, retries } }: CallerWithOptions): object {
  return {
    ...(timeout === undefined ? {} : { timeout: inSeconds(timeout) }),
    ...(retries === undefined
      ? {}
      : {
          retries: {
            attempts: retries.attempts,
            ...(retries.attempts === 0 || retries.perTry === undefined
              ? {}
              : { perTryTimeout: inSeconds(retries.perTry) }),
            ...(retries.attempts === 0 || retries.on === undefined ? {} : { retryOn: retries.on.join(",") }),
          },
        }),
  };
}

const inSeconds = (duration: Duration): string => `${seconds(duration)}s`;
