import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";

/** Whether requests are recommended for a workload: a Job that runs once has no name that a recommendation could refer to. */
export const isRecommendedFor = ({ resources, kind, schedule }: Workload): boolean =>
  resources.recommend && !(kind === "job" && schedule === undefined);

/** The clusters that need something that recommends. */
export const clustersThatRecommend = ({ workloads }: Pick<Topology, "workloads">): ReadonlySet<string> =>
  new Set(workloads.filter(isRecommendedFor).map(({ cluster }) => cluster.name));
