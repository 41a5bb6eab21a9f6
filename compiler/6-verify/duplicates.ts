import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Topology } from "../topology/index.ts";
import type { TargetArtifact } from "../5-emit/artifact.ts";
import { groupOf } from "../facts/kinds.ts";
import { fault } from "./fault.ts";

/** The file of each object by its cluster, kind, group, namespace and name: maps of maps, since a key of all would have to be put together for each. */
type Owners = Map<string, Map<string, Map<string, Map<string, Map<string, string>>>>>;

function below<T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> {
  let found = map.get(key);
  if (found === undefined) map.set(key, (found = new Map()));
  return found;
}

/** Two files of one cluster hold an object of the same kind, namespace and name. Versions of a group are one API. */
export function duplicateObjects(artifacts: readonly TargetArtifact[], { clusters }: Topology): Diagnostic[] {
  const owners: Owners = new Map();
  const scopes = clusters.map(({ name, path }) => ({ name, prefix: `${path}/` }));
  const found: Diagnostic[] = [];
  for (const artifact of artifacts) {
    if (artifact.body.kind !== "kubernetes") continue;
    const cluster =
      artifact.foreign?.cluster ?? scopes.find(({ prefix }) => artifact.path.startsWith(prefix))?.name ?? "";
    for (const { apiVersion, kind, metadata } of artifact.body.objects.filter(
      (object) => object?.metadata?.name !== undefined,
    )) {
      const ofKind = below(below(owners, cluster), kind);
      const named = below(below(ofKind, groupOf(apiVersion ?? "")), metadata.namespace ?? "");
      const owner = named.get(metadata.name);
      if (owner === undefined) named.set(metadata.name, artifact.path);
      else
        found.push(
          fault(
            "verify/duplicate-object",
            artifact,
            `${kind} ${metadata.name} stands in ${owner} and in ${artifact.path}`,
          ),
        );
    }
  }
  return found;
}
