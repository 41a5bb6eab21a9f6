import type { CloudKind } from "../config/model/clouds.ts";
import type { Topology } from "../topology/index.ts";

/** Machines of one type: a node pool, or a pool of runners. */
export interface MachineGroup {
  source: string;
  name: string;
  /** Name of the cloud. */
  cloud: string;
  cloudKind: CloudKind;
  region: string;
  environment?: string;
  machineType: string;
  spot: boolean;
  min: number;
  max: number;
}

/** All machines that the ecosystem rents. */
export const machineGroups = ({ clusters, runners }: Topology): MachineGroup[] => [
  ...clusters.flatMap(({ name: cluster, cloud, cloudKind, region, environment, nodePools }) =>
    nodePools.map(({ source, name, machineType, spot, min, max }) => ({
      source,
      name: `${cluster}/${name}`,
      cloud,
      cloudKind,
      region: region.name,
      environment: environment.name,
      machineType,
      spot,
      min,
      max,
    })),
  ),
  ...runners.flatMap((runner) => {
    if (runner.kind !== "vm") return [];
    const { source, name, cloud, cloudKind, region, machineType, spot, min, max } = runner;
    return [{ source, name, cloud, cloudKind, region: region.name, machineType, spot, min, max }];
  }),
];
