import type { Cluster } from "../topology/clusters.ts";

/**
 * Where Google Cloud runs a cluster: a highly available one in its region, another in the first of the region's zones
 * that the config names, or else in zone b, which every region has: https://cloud.google.com/compute/docs/regions-zones
 */
export const gkeLocation = ({ highlyAvailable, region }: Pick<Cluster, "highlyAvailable" | "region">): string =>
  highlyAvailable ? region.name : (region.zones[0] ?? `${region.name}-b`);
