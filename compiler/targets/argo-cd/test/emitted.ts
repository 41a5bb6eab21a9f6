import { existsSync } from "node:fs";
import { assembledBy } from "../../../../test/support/emit.ts";
import type { Artifact, KubernetesObject } from "../../../5-emit/artifact.ts";
import type { Topology } from "../../../topology/index.ts";
import { PACKAGE_ROOT } from "../../../package-root.ts";
import argoCd from "../index.ts";
import type { ArgoCdOptions } from "../options.ts";

/** What the target makes of a topology, beside what all producers have made of it. */
export const emitted = (topology: Topology, options: ArgoCdOptions = {}): Artifact[] =>
  assembledBy(argoCd, topology, options);

export const objectsOf = (artifacts: readonly Artifact[]): KubernetesObject[] =>
  artifacts.flatMap(({ body }) => (body.kind === "kubernetes" ? body.objects : []));

/** One file's objects. */
export function fileOf(artifacts: readonly Artifact[], path: string): KubernetesObject[] {
  const found = artifacts.find((artifact) => artifact.path === path);
  if (found === undefined)
    throw new Error(`${path} is not among ${artifacts.map((artifact) => artifact.path).join("\n")}`);
  return objectsOf([found]);
}

/** The Application `name` of a cluster. */
export const applicationOf = (artifacts: readonly Artifact[], cluster: string, name: string): Application =>
  fileOf(artifacts, `generated/clusters/${cluster}/argocd/applications/${name}.yaml`)[0] as Application;

/** Every folder and file of the repository that an Application is made from or watches. */
export const namedPaths = ({ spec: { sources }, metadata }: Application): string[] => [
  ...sources.flatMap(({ path }) => (path === undefined ? [] : [path])),
  ...sources.flatMap(({ helm }) => helm?.valueFiles ?? []).map((file) => file.replace(/^\$values\/|^\//, "")),
  ...metadata
    .annotations!["argocd.argoproj.io/manifest-generate-paths"]!.split(";")
    .map((path) => path.replace(/^\//, "")),
];

/** Whether a path of the project is among the written ones, above one of them, or in the library. */
export function presence({ library }: Topology, written: readonly string[]): (path: string) => boolean {
  const there = new Set(
    written.flatMap((path) => path.split("/").map((_, index, steps) => steps.slice(0, index + 1).join("/"))),
  );
  return (path) => there.has(path) || (!library.vendored && existsSync(`${PACKAGE_ROOT}${path}`));
}

/** As far as the tests look into it. */
export type Application = KubernetesObject & {
  spec: {
    project: string;
    destination: { server: string; namespace: string };
    sources: {
      repoURL: string;
      targetRevision: string;
      path?: string;
      chart?: string;
      ref?: string;
      helm?: { releaseName: string; valueFiles: string[] };
    }[];
    ignoreDifferences?: { group: string; kind: string; name?: string; jqPathExpressions: string[] }[];
    syncPolicy: { automated: { prune: boolean; selfHeal: boolean }; syncOptions: string[] };
  };
};

export type Project = KubernetesObject & {
  spec: {
    sourceRepos: string[];
    destinations: { server: string; namespace: string }[];
    clusterResourceWhitelist: { group: string; kind: string }[];
    namespaceResourceWhitelist?: { group: string; kind: string }[];
    syncWindows?: Record<string, unknown>[];
  };
};
