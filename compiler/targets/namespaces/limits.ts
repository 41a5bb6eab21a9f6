import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject } from "../../5-emit/kubernetes.ts";
import { platformLabels } from "../../facts/names.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Team } from "../../topology/teams.ts";

const NAME = "team";

/**
 * What each container of a team's pods may have on a cluster. All that the API server would fill in is written: it does so
 * inside a list, which Argo CD would take for a change. https://kubernetes.io/docs/concepts/policy/limit-range/
 */
export function limitRange(topology: Topology, cluster: Cluster, { namespace, on }: Team): KubernetesObject[] {
  const { limits } = on[cluster.name]!;
  if (limits === undefined) return [];
  const { max, default: unsaid, source } = limits;
  return [
    kubernetesObject(
      {
        apiVersion: "v1",
        kind: "LimitRange",
        name: NAME,
        namespace,
        labels: platformLabels(topology.name, NAME),
        source,
      },
      {
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
      },
    ),
  ];
}
