import type { Topology } from "../../topology/index.ts";

/** A path of the project as a path of its repository. */
export const inRepository = ({ repository }: Pick<Topology, "repository">, path: string): string =>
  repository.path === "." ? path : `${repository.path.replace(/^\.?\/+|\/+$/g, "")}/${path}`;

/**
 * The paths that an Application is made from, from the root of the repository: a commit that touches none of them costs
 * nothing. https://argo-cd.readthedocs.io/en/stable/operator-manual/high_availability/#manifest-paths-annotation
 */
export const generatePaths = (
  topology: Pick<Topology, "repository">,
  paths: readonly string[],
): Record<string, string> => ({
  "argocd.argoproj.io/manifest-generate-paths": paths.map((path) => `/${inRepository(topology, path)}`).join(";"),
});

/**
 * The repository of a chart: one in a registry has no scheme.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#declarative
 */
export const chartRepository = (repository: string): string => repository.replace(/^oci:\/\//, "").replace(/\/$/, "");

/** As Flux takes it: `git@host:team/repository` is scp's notation and no URL. */
export function gitUrl(url: string): string {
  const scp = /^(?:([^@/:]+)@)?([^/:]+):(?!\/\/)(.+)$/.exec(url);
  return scp === null ? url : `ssh://${scp[1] ?? "git"}@${scp[2]}/${scp[3]}`;
}
