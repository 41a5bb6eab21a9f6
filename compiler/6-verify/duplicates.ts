import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Topology } from "../3-lower/topology.ts";
import type { TargetArtifact } from "../5-emit/index.ts";
import { fault } from "./index.ts";

/** Two files of one cluster hold an object of the same kind, namespace and name. Versions of a group are one API. */
export function duplicateObjects(artifacts: readonly TargetArtifact[], { clusters }: Topology): Diagnostic[] {
  const owners = new Map<string, string>();
  return artifacts.flatMap((artifact) => {
    if (artifact.body.kind !== "kubernetes") return [];
    const cluster = clusters.find(({ path }) => artifact.path.startsWith(`${path}/`))?.name ?? "";
    return artifact.body.objects.flatMap(({ apiVersion, kind, metadata }) => {
      const group = apiVersion?.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
      const key = [cluster, group, kind, metadata?.namespace ?? "", metadata?.name].join("\0");
      const owner = owners.get(key);
      owners.set(key, owner ?? artifact.path);
      return owner === undefined ? [] : [fault("verify/duplicate-object", artifact, `${kind} ${metadata.name} stands in ${owner} and in ${artifact.path}`)];
    });
  });
}
