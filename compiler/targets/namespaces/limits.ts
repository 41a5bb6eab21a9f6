import type { KubernetesObject } from "../../5-emit/artifact.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Team } from "../../topology/teams.ts";
import { ofTeam } from "./of-team.ts";

/**
 * What each container of a team's pods may have on a cluster. All that the API server would fill in is written: it does so
 * inside a list, which Argo CD would take for a change. https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function limitRange(topology: Topology, cluster: Cluster, team: Team): KubernetesObject[] {
  const { limits } = team.on[cluster.name]!;
  if (limits === undefined) return [];
  const { max, default: unsaid, source } = limits;
  return [
    ofTeam(topology, team, {
      kind: "LimitRange",
      source,
      spec: {
        limits: [
          {
            type: "Container",
            ...(Object.keys(max).length === 0 ? {} : { max }),
            default: { cpu: unsaid.cpuLimit, memory: unsaid.memory },
            defaultRequest: { cpu: unsaid.cpu, memory: unsaid.memory },
          },
        ],
      },
    }),
  ];
}
