import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Topology } from "../topology/index.ts";
import type { TargetArtifact } from "../5-emit/artifact.ts";
import { fault } from "./fault.ts";

/** Two files of one cluster hold an object of the same kind, namespace and name. Versions of a group are one API. */
export function duplicateObjects(artifacts: readonly TargetArtifact[], { clusters }: Topology): Diagnostic[] {
  const owners = new Map<string, string>();
  const scopes = clusters.map(({ name, path }) => ({ name, prefix: `${path}/` }));
  const found: Diagnostic[] = [];
  for (const artifact of artifacts) {
    if (artifact.body.kind !== "kubernetes") continue;
    const cluster =
      artifact.foreign?.cluster ?? scopes.find(({ prefix }) => artifact.path.startsWith(prefix))?.name ?? "";
    for (const { apiVersion, kind, metadata } of artifact.body.objects.filter(
      (object) => object?.metadata?.name !== undefined,
    )) {
      const slash = apiVersion?.indexOf("/") ?? -1;
      const key = `${cluster}\0${slash < 0 ? "" : apiVersion.slice(0, slash)}\0${kind}\0${metadata.namespace ?? ""}\0${metadata.name}`;
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, artifact.path);
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
