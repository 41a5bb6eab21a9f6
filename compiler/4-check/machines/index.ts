import { existsSync, readFileSync } from "node:fs";
import { PACKAGE_ROOT } from "../../package-root.ts";
import type { Machine, Machines } from "../check.ts";

/** `data/machines/<cloud>.json`, made by `npm run gen machines`; NOTICE.md beside it says where the numbers come from. */
export interface MachineData {
  /** Cores and MiB of memory by machine type. */
  types: Readonly<Record<string, readonly [cores: number, mebibytes: number]>>;
  /** On-demand US dollars per hour by region and machine type. */
  prices: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const MEBIBYTE = 2 ** 20;
let loaded: Machines | undefined;

/** Sizes and prices as they ship with the package; a cloud's file is read when its first machine is looked up. */
export const machines = (): Machines => (loaded ??= machinesFrom(readCloud));

/** Looks machines up in data that is read once per cloud. */
export function machinesFrom(read: (cloud: string) => MachineData | undefined): Machines {
  const clouds = new Map<string, MachineData | undefined>();
  return {
    find(cloud, machineType, region): Machine | undefined {
      if (!clouds.has(cloud)) clouds.set(cloud, read(cloud));
      const data = clouds.get(cloud);
      const size = data !== undefined && Object.hasOwn(data.types, machineType) ? data.types[machineType] : undefined;
      if (size === undefined) return undefined;
      const hourly = data!.prices[region]?.[machineType];
      return { cores: size[0], memory: size[1] * MEBIBYTE, ...(hourly === undefined ? {} : { hourly }) };
    },
  };
}

function readCloud(cloud: string): MachineData | undefined {
  const file = `${PACKAGE_ROOT}data/machines/${cloud}.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as MachineData) : undefined;
}
