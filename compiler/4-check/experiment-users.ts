import type { Experiment } from "../topology/resilience.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";

/** The workloads that each experiment runs on; one that runs nowhere is absent. */
export function experimentUsers({ workloads }: Topology): ReadonlyMap<Experiment, readonly Workload[]> {
  const users = new Map<Experiment, Workload[]>();
  for (const workload of workloads) {
    for (const experiment of workload.experiments) users.set(experiment, [...(users.get(experiment) ?? []), workload]);
  }
  return users;
}
