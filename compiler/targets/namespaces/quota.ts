import type { KubernetesObject } from "../../5-emit/artifact.ts";
import type { QuotaField, Team } from "../../topology/teams.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import { ofTeam } from "./of-team.ts";

/**
 * What the pods of a team may ask for on a cluster. Requests alone: nodes are shared out by them, what a container may use beyond
 * is no promise, and a quota of limits would refuse each pod of `extra` of which one container has none.
 * https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function resourceQuota(topology: Topology, cluster: Cluster, team: Team): KubernetesObject[] {
  const { quota } = team.on[cluster.name]!;
  if (quota === undefined) return [];
  const hard = Object.entries(RESOURCES).flatMap(([field, resource]) => {
    const most = quota[field as QuotaField];
    return most === undefined ? [] : [[resource, String(most)] as const];
  });
  if (hard.length === 0) return [];
  return [
    ofTeam(topology, team, {
      kind: "ResourceQuota",
      source: quota.source,
      spec: { hard: Object.fromEntries(hard) },
    }),
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
