import { capacities, fits, nodesOf, podRoom, showRoom } from "../../facts/capacity.ts";
import { poolOf } from "../../facts/node-pools.ts";
import type { Cluster, NodePool } from "../../topology/clusters.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/pod-too-large",
  severity: "error",
  risk: true,
  summary: "Every pod fits on a node",
  why: "A pod is never split: however many nodes there are, one that asks for more than a whole node leaves it stays pending for ever.",
  atBounds: true,

  *run(topology, { machines }) {
    const place = (cluster: Cluster, pool: NodePool | undefined) => `${cluster.name} ${pool?.name ?? ""}`;
    const byPlace = new Map(
      capacities(topology, machines()).map((capacity) => [place(capacity.cluster, capacity.pool), capacity]),
    );
    for (const workload of topology.workloads) {
      if (workload.kind === "daemon") continue; // pools/daemons-too-large
      const capacity = byPlace.get(place(workload.cluster, poolOf(workload)));
      if (capacity === undefined || fits(podRoom(workload, capacity.sidecar), capacity.largestNode)) continue;
      const { title, at } = nodesOf(capacity);
      yield {
        at: workload.resources.source,
        message: `a pod of ${workload.name} asks for ${showRoom(podRoom(workload, capacity.sidecar))}, and the largest node of ${title} leaves ${showRoom(capacity.largestNode)}`,
        hint:
          capacity.pool === undefined
            ? "lower its requests, or add a pool of larger machines"
            : "lower its requests, or give it a pool of larger machines",
        related: [{ at, message: capacity.pool === undefined ? "the pools" : "the pool" }],
      };
    }
  },
});
