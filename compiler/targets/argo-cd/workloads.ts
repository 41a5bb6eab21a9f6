import type { KubernetesObject } from "../../5-emit/artifact.ts";
import type { Produced } from "../../5-emit/target.ts";
import { MIRROR_ROUTE, workloadApplication } from "../../facts/names.ts";
import { hasRequests, isPlainTcp, sharesNumbers } from "../../facts/ports.ts";
import { LAST_WAVE } from "../../facts/waves.ts";
import type { LiveFields } from "../../topology/addons.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import { application, CONFIRM } from "./application.ts";
import { generatePaths, inRepository } from "./repository.ts";

/**
 * A workload's chart and compiled manifests in one Application, so that they sync together; none where no target has
 * made either.
 */
export function workloadApplicationOf(
  topology: Topology,
  workload: Workload,
  produced: Produced,
): KubernetesObject | undefined {
  const { name, namespace, team, kind, labels, path, environment } = workload;
  const sources = chartAndManifests(topology, {
    chart: kind,
    release: name,
    revision: environment.revision,
    path,
    values: produced.has(`${path}/values.yaml`),
    manifests: produced.below(`${path}/manifests`),
  });
  if (sources.length === 0) return undefined;
  const liveFields = rolloutFields(workload);
  return application({
    name: workloadApplication(name),
    project: team.name,
    namespace,
    wave: LAST_WAVE,
    labels,
    annotations: {
      ...generatePaths(topology, [...chartFolders(topology, kind), path]),
      ...(kind === "stateful" ? CONFIRM : {}),
    },
    sources,
    selfHeal: !workload.pauseSelfHeal,
    syncOptions: [
      ...(liveFields.length === 0 ? [] : ["ApplyOutOfSyncOnly=true"]),
      ...(sharesNumbers(workload.ports) ? ["ServerSideApply=true"] : []),
    ],
    liveFields,
    source: workload.source,
  });
}

/** Folders that a chart of the library is rendered from. */
export const chartFolders = ({ library }: Pick<Topology, "library">, chart: string): string[] => [
  `${library.charts}/${chart}`,
  `${library.charts}/eco-library`,
];

interface ChartSource {
  chart: string;
  release: string;
  revision: string;
  /** Folder of `values.yaml` and `manifests/`. */
  path: string;
  values: boolean;
  manifests: boolean;
}

/**
 * Chart and values lie in one repository: a values file that begins with `/` is looked for from its root, and no third
 * source is needed. https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#values-files
 */
export function chartAndManifests(
  topology: Topology,
  { chart, release, revision, path, values, manifests }: ChartSource,
): Record<string, unknown>[] {
  const from = (folder: string) => ({
    repoURL: topology.repository.url,
    targetRevision: revision,
    path: inRepository(topology, folder),
  });
  return [
    ...(values
      ? [
          {
            ...from(`${topology.library.charts}/${chart}`),
            helm: { releaseName: release, valueFiles: [`/${inRepository(topology, `${path}/values.yaml`)}`] },
          },
        ]
      : []),
    ...(manifests ? [from(`${path}/manifests`)] : []),
  ];
}

/**
 * Argo Rollouts owns the weights of the VirtualService, and the route that copies requests. They are no difference, so
 * nothing heals them away; with `ApplyOutOfSyncOnly` a sync for another reason does not touch the object either. Not
 * with `RespectIgnoreDifferences`: it would put the whole list of live routes in place of the compiled one, and no
 * later change of a route would ever arrive (https://github.com/argoproj/argo-cd/issues/25284). When a route does
 * change while versions share traffic, Argo Rollouts sets the weights again at once:
 * https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/#integrating-with-gitops
 */
function rolloutFields({ name, meshed, strategy, ports }: Workload): LiveFields[] {
  if (!meshed || strategy.kind === "rolling" || strategy.kind === "blue-green") return [];
  const http = ports.some(hasRequests);
  const tcp = ports.some(isPlainTcp);
  const paths = [
    ...(http ? [".spec.http[]?.route[]?.weight"] : []),
    ...(tcp ? [".spec.tcp[]?.route[]?.weight"] : []),
    ...(strategy.kind === "shadow" ? [`.spec.http[]? | select(.name == ${JSON.stringify(MIRROR_ROUTE)})`] : []),
  ];
  return paths.length === 0 ? [] : [{ group: "networking.istio.io", kind: "VirtualService", name, paths }];
}
