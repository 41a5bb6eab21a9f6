/** The Applications of a cluster as Argo CD reads them: from the committed files, in the order of their waves. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import glob from "fast-glob";
import { loadAll } from "js-yaml";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import type { Data, KubernetesObject } from "../cluster/client.ts";

/** An object with the file that it stands in or is rendered from, relative to the repository. */
export interface Found {
  object: KubernetesObject;
  file: string;
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/ */
export interface Source {
  repoURL: string;
  /** A folder of the repository: manifests, or a chart when `helm` is there. */
  path?: string;
  /** An upstream chart by name. */
  chart?: string;
  targetRevision: string;
  ref?: string;
  helm?: { releaseName: string; valueFiles: readonly string[] };
}

export interface Application {
  name: string;
  object: KubernetesObject;
  file: string;
  /** Where objects go that name no namespace. */
  namespace: string;
  sources: readonly Source[];
}

const WAVE = "argocd.argoproj.io/sync-wave";
export const waveOf = ({ metadata }: KubernetesObject): number =>
  Number((metadata["annotations"] as Data)?.[WAVE] ?? 0);

/** Every object in the YAML files of a folder of the repository. */
export const objectsIn = (folder: string): Found[] =>
  glob
    .sync("**/*.yaml", { cwd: join(PACKAGE_ROOT, folder) })
    .sort()
    .map((name) => `${folder}/${name}`)
    .flatMap((file) => objectsOf(readFileSync(join(PACKAGE_ROOT, file), "utf8")).map((object) => ({ object, file })));

export const objectsOf = (yaml: string): KubernetesObject[] =>
  (loadAll(yaml) as (KubernetesObject | null)[]).filter((object) => object?.kind !== undefined) as KubernetesObject[];

/**
 * Sorted as Argo CD does within one sync: by wave, then by kind, then by name.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export const inSyncOrder = <T extends { object: KubernetesObject }>(found: readonly T[]): T[] =>
  [...found].sort(
    (a, b) =>
      waveOf(a.object) - waveOf(b.object) ||
      kindRank(a.object) - kindRank(b.object) ||
      (a.object.metadata.name < b.object.metadata.name ? -1 : 1),
  );

/** The beginning of Argo CD's own order; what it does not name comes last. */
const FIRST_KINDS = [
  "Namespace",
  "NetworkPolicy",
  "ResourceQuota",
  "LimitRange",
  "PodDisruptionBudget",
  "ServiceAccount",
  "Secret",
  "ConfigMap",
  "StorageClass",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "CustomResourceDefinition",
  "ClusterRole",
  "ClusterRoleBinding",
  "Role",
  "RoleBinding",
  "Service",
  "DaemonSet",
  "Pod",
  "ReplicaSet",
  "Deployment",
  "HorizontalPodAutoscaler",
  "StatefulSet",
  "Job",
  "CronJob",
];
const kindRank = ({ kind }: KubernetesObject): number =>
  FIRST_KINDS.includes(kind) ? FIRST_KINDS.indexOf(kind) : FIRST_KINDS.length;

export function applicationOf({ object, file }: Found): Application {
  const { destination, sources } = object["spec"] as { destination: { namespace: string }; sources: Source[] };
  return { name: object.metadata.name, object, file, namespace: destination.namespace, sources };
}
