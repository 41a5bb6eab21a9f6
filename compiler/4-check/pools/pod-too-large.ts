import { capacities, fits, podRoom, showRoom } from "../../facts/capacity.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/pod-too-large",
  severity: "error",
  risk: true,
  summary: "Every pod fits on a node",
  why: "A pod is never split: however many nodes there are, one that asks for more than a whole node leaves it stays pending for ever.",
  atBounds: true,

  *run(topology, { machines }) {
    const byCluster = new Map(capacities(topology, machines()).map((capacity) => [capacity.cluster.name, capacity]));
    for (const workload of topology.workloads) {
      const capacity = byCluster.get(workload.cluster.name);
      if (capacity === undefined || fits(podRoom(workload, capacity.sidecar), capacity.largestNode)) continue;
      yield {
        at: workload.resources.source,
        message: `a pod of ${workload.name} asks for ${showRoom(podRoom(workload, capacity.sidecar))}, and the largest node of ${workload.cluster.name} leaves ${showRoom(capacity.largestNode)}`,
        hint: "lower its requests, or add a pool of larger machines",
        related: [{ at: `${capacity.cluster.source}.nodePools`, message: "the pools" }],
      };
    }
  },
});
