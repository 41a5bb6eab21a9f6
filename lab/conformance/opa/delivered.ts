/** What a cluster gets, as an admission policy sees it. */
import type { Cluster } from "../../compiled/views.ts";
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import { ChartRenderer, deliver, KUBERNETES, rootObjects, type Delivered } from "../../delivery/index.ts";

export interface ClusterContent {
  templates: readonly Delivered[];
  constraints: readonly Delivered[];
  /** Everything else, in the namespace that Argo CD puts it into. */
  others: readonly Delivered[];
}

const CONSTRAINTS = "constraints.gatekeeper.sh/";

export function contentOfCluster(
  cluster: Cluster,
  project: string,
  charts = new ChartRenderer(KUBERNETES),
): ClusterContent {
  const all = [...deliver(rootObjects(cluster, project), charts)].flatMap(({ objects }) => objects);
  const constraints = all.filter(({ object }) => object.apiVersion.startsWith(CONSTRAINTS));
  const seen = kindsSeenBy(constraints.map(({ object }) => object));
  return {
    templates: all.filter(({ object }) => object.kind === "ConstraintTemplate"),
    constraints,
    others: all
      .filter(({ object }) => !object.apiVersion.startsWith(CONSTRAINTS) && object.kind !== "ConstraintTemplate")
      .map((delivered) => (seen.has(delivered.object.kind) ? placed(delivered) : delivered)),
  };
}

/** The kinds that constraints match; each of them is namespaced. */
export const kindsSeenBy = (constraints: readonly KubernetesObject[]): Set<string> =>
  new Set(constraints.flatMap(({ spec }: Data) => spec.match.kinds.flatMap(({ kinds }: { kinds: string[] }) => kinds)));

const placed = (delivered: Delivered): Delivered => ({
  ...delivered,
  object: { ...delivered.object, metadata: { namespace: delivered.namespace, ...delivered.object.metadata } },
});
