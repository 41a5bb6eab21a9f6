import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesFile, kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { hasWeights } from "../../5-emit/routes.ts";
import { seconds, type Duration } from "../../config/units.ts";
import { fieldAt } from "../../facts/differences.ts";
import { meshHostOf } from "../../facts/mesh-hosts.ts";
import { groupBy, workloadOn } from "../../facts/placement.ts";
import type { ConnectionOptions, Outliers } from "../../topology/calls.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";

/** A port of a host that a workload calls, and what it says of that. */
interface Destination {
  host: string;
  /** After the caller's name, the name of the object. */
  name: string;
  port: number;
  call: ConnectionOptions;
}

/**
 * How the sidecar of a workload connects to what it calls. Of several DestinationRules for one host the mesh takes the one
 * whose `workloadSelector` is the caller's, and looks for it in the caller's own namespace: so each caller has its own there.
 * https://istio.io/latest/docs/reference/config/networking/destination-rule/#DestinationRule-workload_selector
 */
export function destinationsFile(topology: Topology, caller: Workload): Artifact[] {
  const rules = [...groupBy(destinationsOf(topology, caller), ({ host }) => host).values()].map((destinations) =>
    destinationRule(caller, destinations),
  );
  if (rules.length === 0) return [];
  return [kubernetesFile(`${caller.path}/manifests/destinations.yaml`, rules, fieldAt(caller, "dependsOn"))];
}

function destinationsOf(topology: Topology, caller: Workload): Destination[] {
  if (!caller.meshed) return [];
  const services = caller.dependsOn.flatMap(({ service, port, call }): Destination[] => {
    const called = workloadOn(topology, caller.cluster.name, service);
    if (called === undefined || !isSaid(call)) return [];
    return servicesOf(called).map((name) => ({
      host: `${name}.${called.namespace}.svc.cluster.local`,
      name: `${name}.service`,
      port,
      call,
    }));
  });
  const externals = caller.externals.flatMap(({ external, call }): Destination[] =>
    isSaid(call) ? [{ host: meshHostOf(external), name: `${external.name}.external`, port: external.port, call }] : [],
  );
  return [...services, ...externals];
}

const isSaid = (call: ConnectionOptions | undefined): call is ConnectionOptions =>
  call?.connectTimeout !== undefined || call?.outliers !== undefined;

/** The Kubernetes Services that requests for a workload come to: while weights move, the new version has its own. */
const servicesOf = (called: Workload): string[] =>
  hasWeights(called)
    ? [called.kubernetesServices.main, called.kubernetesServices.next!]
    : [called.kubernetesServices.main];

function destinationRule(
  { name, namespace, labels, selector }: Workload,
  destinations: readonly Destination[],
): KubernetesObject {
  const [first] = destinations;
  return kubernetesObject(
    {
      apiVersion: "networking.istio.io/v1",
      kind: "DestinationRule",
      name: `${name}.${first!.name}`, // no part has a dot, so that no two have one name
      namespace,
      labels,
      annotations: syncWave(-1),
      source: first!.call.source,
    },
    {
      spec: {
        host: first!.host,
        workloadSelector: { matchLabels: selector },
        trafficPolicy: {
          portLevelSettings: destinations.map(({ port, call: { connectTimeout, outliers } }) => ({
            port: { number: port },
            ...(connectTimeout === undefined
              ? {}
              : { connectionPool: { tcp: { connectTimeout: inSeconds(connectTimeout) } } }),
            ...(outliers === undefined ? {} : outlierDetection(outliers)),
          })),
        },
      },
    },
  );
}

/**
 * Istio prefers pods of the caller's zone as soon as outliers are detected, unless told otherwise: who wants to leave out a
 * failing pod has not asked for that, and a zone with one pod would get all of its callers.
 * https://istio.io/latest/docs/reference/config/networking/destination-rule/#LocalityLoadBalancerSetting
 */
const outlierDetection = ({ errors, on, interval, ejectionTime, maxEjected, minHealthy }: Outliers): object => ({
  loadBalancer: { localityLbSetting: { enabled: false } },
  outlierDetection: {
    // Left out, the first is 5.
    ...(on === "5xx"
      ? { consecutive5xxErrors: errors }
      : { consecutive5xxErrors: 0, consecutiveGatewayErrors: errors }),
    interval: inSeconds(interval),
    baseEjectionTime: inSeconds(ejectionTime),
    maxEjectionPercent: maxEjected,
    minHealthPercent: minHealthy,
  },
});

const inSeconds = (duration: Duration): string => `${seconds(duration)}s`;
