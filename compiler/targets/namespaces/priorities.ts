import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject } from "../../5-emit/kubernetes.ts";
import { platformLabels } from "../../facts/names.ts";
import { PRIORITIES } from "../../facts/priorities.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Topology } from "../../topology/index.ts";
import type { Priority } from "../../topology/pods.ts";

/**
 * The priorities that workloads of a cluster have. They are of the cluster and not of a namespace, and are applied with the
 * namespaces: a pod whose priority is not there is refused.
 */
export const priorityClasses = (topology: Topology, cluster: Cluster): KubernetesObject[] =>
  prioritiesOn(topology, cluster).map((priority) => {
    const { className, value, description } = PRIORITIES[priority];
    return kubernetesObject(
      {
        apiVersion: "scheduling.k8s.io/v1",
        kind: "PriorityClass",
        name: className,
        labels: platformLabels(topology.name, className),
        source: cluster.source,
      },
      // What says nothing keeps the priority that it had, whatever services say.
      { value, globalDefault: false, preemptionPolicy: "PreemptLowerPriority", description },
    );
  });

const prioritiesOn = ({ workloads }: Topology, { name }: Cluster): Priority[] => {
  const asked = new Set(workloads.filter(({ cluster }) => cluster.name === name).map(({ pods }) => pods.priority));
  return (Object.keys(PRIORITIES) as Priority[]).filter((priority) => asked.has(priority));
};
