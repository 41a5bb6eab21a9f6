import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject } from "../../5-emit/kubernetes.ts";
import { platformLabels } from "../../facts/names.ts";
import type { QuotaField, Team } from "../../topology/teams.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";

const NAME = "team";

/**
 * What the pods of a team may ask for on a cluster. Requests alone: nodes are shared out by them, what a container may use beyond
 * is no promise, and a quota of limits would refuse each pod of `extra` of which one container has none.
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function resourceQuota(topology: Topology, cluster: Cluster, { namespace, on }: Team): KubernetesObject[] {
  const { quota } = on[cluster.name]!;
  if (quota === undefined) return [];
  const hard = Object.entries(RESOURCES).flatMap(([field, resource]) => {
    const most = quota[field as QuotaField];
    return most === undefined ? [] : [[resource, String(most)] as const];
  });
  if (hard.length === 0) return [];
  return [
    kubernetesObject(
      {
        apiVersion: "v1",
        kind: "ResourceQuota",
        name: NAME,
        namespace,
        labels: platformLabels(topology.name, NAME),
        source: quota.source,
      },
      { spec: { hard: Object.fromEntries(hard) } },
    ),
  ];
}

/** What Kubernetes calls the fields. */
const RESOURCES: Record<QuotaField, string> = {
  cpu: "requests.cpu",
  memory: "requests.memory",
  pods: "pods",
  volumes: "persistentvolumeclaims",
  storage: "requests.storage",
};
