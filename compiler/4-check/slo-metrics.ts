import type { Slo } from "../3-lower/topology.ts";

/** Success rates and latencies are counted by the mesh's proxies; queries bring their own metrics. */
export const isCountedByMesh = ({ metric }: Slo): boolean => metric !== undefined && metric.kind !== "query";
