import { posix } from "node:path";
import type { Topology } from "../topology/index.ts";
import type { KubernetesObject, TargetArtifact } from "./artifact.ts";

/** Who reads a folder whole, and so takes whatever file is put there. */
export const FOLDER_READERS = {
  /** An Argo CD Application, this folder alone: https://argo-cd.readthedocs.io/en/stable/user-guide/directory/ */
  manifests: { recursive: false, takes: /\.(?:ya?ml|json|jsonnet|libsonnet)$|^Kustomization$/ },
  /** An Argo CD Application that recurses. */
  "manifest-tree": { recursive: true, takes: /\.(?:ya?ml|json|jsonnet|libsonnet)$|^Kustomization$/ },
  /** Helm packs a chart's folder as a whole: https://helm.sh/docs/topics/charts/ */
  chart: { recursive: true, takes: /^/ },
  /** Terraform and OpenTofu, a root or a module: https://developer.hashicorp.com/terraform/language/files */
  terraform: { recursive: false, takes: /\.(?:tf|tofu)(?:\.json)?$|(?:^terraform|\.auto)\.tfvars(?:\.json)?$/ },
  /** OPA and conftest load rules and data: https://www.openpolicyagent.org/docs/cli */
  policies: { recursive: true, takes: /\.(?:rego|json|ya?ml)$/ },
} as const satisfies Record<string, { recursive: boolean; takes: RegExp }>;

export type FolderReader = keyof typeof FOLDER_READERS;

export const isFolderReader = (value: unknown): value is FolderReader =>
  typeof value === "string" && Object.hasOwn(FOLDER_READERS, value);

/** Only folders of the compiler's own can hold a file that nobody answers for. */
const OWNED = "generated/";

/**
 * The folders below `generated/` that an applier reads whole, found in the output itself: what Applications name, where
 * Terraform files are, and where the policies lie.
 */
export function readFolders(
  artifacts: readonly TargetArtifact[],
  topology: Topology,
): ReadonlyMap<string, FolderReader> {
  const charts = new Set(
    artifacts.filter(({ path }) => path.endsWith("/Chart.yaml")).map(({ path }) => posix.dirname(path)),
  );
  const folders = new Map<string, FolderReader>([...charts].map((folder) => [folder, "chart"]));
  for (const { path } of artifacts)
    if (FOLDER_READERS.terraform.takes.test(path.slice(path.lastIndexOf("/") + 1)))
      folders.set(posix.dirname(path), "terraform");
  for (const { body } of artifacts) {
    if (body.kind !== "kubernetes") continue;
    for (const object of body.objects) {
      if (object.kind !== "Application") continue;
      for (const { folder, recurse } of sourceFolders(object, topology))
        if (!charts.has(folder)) folders.set(folder, recurse ? "manifest-tree" : "manifests");
    }
  }
  if (artifacts.some(({ target }) => target === "opa"))
    for (const folder of ["generated/policies", topology.library.policies]) folders.set(folder, "policies");
  return new Map([...folders].filter(([folder]) => folder.startsWith(OWNED)));
}

interface Source {
  repoURL?: string;
  path?: string;
  directory?: { recurse?: boolean };
}

/** The folders of this project that an Application reads, relative to the project. */
export function sourceFolders(
  { spec }: KubernetesObject,
  { repository }: Topology,
): { folder: string; recurse: boolean }[] {
  const { source, sources = source === undefined ? [] : [source] } = spec as {
    source?: Source;
    sources?: readonly Source[];
  };
  return sources.flatMap(({ repoURL, path, directory }) => {
    const folder = repoURL === repository.url && path !== undefined ? inProject({ repository }, path) : undefined;
    return folder === undefined ? [] : [{ folder, recurse: directory?.recurse === true }];
  });
}

/** A path of the repository as one of this project, or undefined where it lies elsewhere. */
export function inProject({ repository }: Pick<Topology, "repository">, path: string): string | undefined {
  const prefix = repository.path === "." ? "" : `${repository.path}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
