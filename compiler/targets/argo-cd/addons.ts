import type { Artifact, KubernetesObject } from "../../5-emit/artifact.ts";
import {
  addonApplication,
  NAMESPACES,
  PLATFORM_PROJECT,
  platformLabels,
  TERRAFORM_APPLICATION,
  terraformObjectsPath,
} from "../../facts/names.ts";
import { LAST_WAVE } from "../../facts/waves.ts";
import type { Produced } from "../../5-emit/target.ts";
import type { Addon } from "../../topology/addons.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Library } from "../../1-load/package-library.ts";
import { application, CONFIRM } from "./application.ts";
import { withHealthScripts } from "./health.ts";
import { chartRepository, generatePaths, inRepository } from "./repository.ts";
import { chartAndManifests, chartFolders } from "./workloads.ts";

/** How the sources of an Application name the one that has the values files. */
const VALUES = "values";

/**
 * An add-on as an Application. Taking one away takes its kinds along and thus every object of them, in the end the pods
 * of every Rollout: it waits for a person.
 */
export function addonApplicationOf(
  topology: Topology,
  cluster: Cluster,
  addon: Addon,
  produced: Produced,
): KubernetesObject | undefined {
  const { name, namespace, wave, serverSideApply, liveFields, source } = addon;
  const from = sources(topology, cluster, addon, produced.below(`${addon.path}/manifests`));
  if (from.length === 0) return undefined;
  const folders =
    addon.libraryChart === undefined ? [addon.path] : [...chartFolders(topology, addon.libraryChart), addon.path];
  return application({
    name: addonApplication(name),
    project: PLATFORM_PROJECT,
    namespace,
    wave,
    labels: platformLabels(topology.name, name),
    annotations: { ...generatePaths(topology, folders), ...CONFIRM },
    sources: from,
    selfHeal: true,
    syncOptions: [
      ...(serverSideApply ? ["ServerSideApply=true"] : []),
      ...(liveFields === undefined ? [] : ["RespectIgnoreDifferences=true"]), // lists of Kubernetes' own kinds are merged by name
    ],
    liveFields,
    source,
  });
}

/** An upstream chart with our values, a chart of the library, or compiled manifests alone. */
function sources(
  topology: Topology,
  { environment }: Cluster,
  addon: Addon,
  manifests: boolean,
): Record<string, unknown>[] {
  const { name, chart, libraryChart, path } = addon;
  const ours = { repoURL: topology.repository.url, targetRevision: environment.revision };
  const manifestsFolder = { path: inRepository(topology, `${path}/manifests`) };
  if (libraryChart !== undefined)
    return chartAndManifests(topology, {
      chart: libraryChart,
      release: name,
      revision: environment.revision,
      path,
      values: true,
      manifests,
    });
  if (chart === undefined) return manifests ? [{ ...ours, ...manifestsFolder }] : [];
  return [
    {
      repoURL: chartRepository(chart.repository),
      chart: chart.name,
      targetRevision: chart.version,
      helm: { releaseName: name, valueFiles: [`$${VALUES}/${inRepository(topology, `${path}/values.yaml`)}`] },
    },
    { ...ours, ref: VALUES, ...(manifests ? manifestsFolder : {}) },
  ];
}

/** Values of upstream charts. Those of the library's charts are written by the target that knows the component. */
export function addonValues({ name, path, chart, values, source }: Addon, library: Library): Artifact[] {
  if (chart === undefined) return [];
  const data = name === "argo-cd" ? withHealthScripts({ ...values }, library) : { ...values };
  return [{ path: `${path}/values.yaml`, body: { kind: "values", name, data }, source }];
}

/**
 * The Terraform objects wait for no other Application, and none waits for them: drift is no reason to hold back a
 * service.
 */
export function terraformApplication(topology: Topology): KubernetesObject {
  const { management, name: ecosystem } = topology;
  const path = terraformObjectsPath(management.name);
  return application({
    name: TERRAFORM_APPLICATION,
    project: PLATFORM_PROJECT,
    namespace: NAMESPACES.terraform,
    wave: LAST_WAVE,
    labels: platformLabels(ecosystem, "terraform"),
    annotations: { ...generatePaths(topology, [path]), ...CONFIRM },
    sources: [
      {
        repoURL: topology.repository.url,
        targetRevision: management.environment.revision,
        path: inRepository(topology, path),
      },
    ],
    selfHeal: true,
    source: "management.cluster",
  });
}
