import type { KubernetesObject } from "../../5-emit/artifact.ts";
import type { Produced } from "../../5-emit/target.ts";
import { addonsOn } from "../../facts/addons.ts";
import { groupOf, kindsAmong } from "../../facts/kinds.ts";
import type { GroupKind } from "../../topology/addons.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";

/** The kinds of workloads on one cluster: of charts, of what its add-ons bring, and of what targets have written. */
export const workloadKinds = (topology: Topology, cluster: Cluster, produced: Produced): GroupKind[] =>
  kindsAmong([
    ...topology.platform.workloadKinds,
    ...addonsOn(topology, cluster).flatMap(({ workloadKinds = [] }) => workloadKinds),
    ...kindsBelow(produced, `${cluster.path}/services/`),
  ]);

/** The kinds without a namespace that add-ons bring, and that targets have written for them. */
export function platformClusterKinds(topology: Topology, cluster: Cluster, produced: Produced): GroupKind[] {
  const brought = topology.platform.clusterKinds;
  const admitted = ({ group, kind }: GroupKind) =>
    brought.some((entry) => entry.group === group && (entry.kind === "*" || entry.kind === kind));
  return kindsAmong([
    ...brought,
    ...kindsBelow(produced, `${cluster.path}/platform/`, ({ metadata }) => metadata.namespace === undefined).filter(
      (kind) => !admitted(kind),
    ),
  ]);
}

/** The kinds of the objects below a folder, each once. */
function kindsBelow(
  { artifacts }: Produced,
  folder: string,
  counts: (object: KubernetesObject) => boolean = () => true,
): GroupKind[] {
  const kinds = new Map<string, Set<string>>(); // by apiVersion
  for (const { path, body } of artifacts) {
    if (!path.startsWith(folder) || body.kind !== "kubernetes") continue;
    for (const object of body.objects) {
      if (!counts(object)) continue;
      const known = kinds.get(object.apiVersion);
      if (known === undefined) kinds.set(object.apiVersion, new Set([object.kind]));
      else known.add(object.kind);
    }
  }
  return [...kinds].flatMap(([apiVersion, names]) => [...names].map((kind) => ({ group: groupOf(apiVersion), kind })));
}

/** What the root Application brings. */
export const ROOT_KINDS: readonly GroupKind[] = [
  { group: "argoproj.io", kind: "Application" },
  { group: "argoproj.io", kind: "AppProject" },
];
