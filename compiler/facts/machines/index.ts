import { existsSync, readFileSync } from "node:fs";
import { PACKAGE_ROOT } from "../../package-root.ts";

/** Looks up machine types. */
export interface Machines {
  find: (cloud: string, machineType: string, region: string) => Machine | undefined;
}

/** What is known of a machine type in a region. */
export interface Machine {
  cores: number;
  /** Bytes. */
  memory: number;
  /** On-demand price in US dollars per hour; absent means unknown, never free. */
  hourly?: number;
}

/**
 * `data/machines/<cloud>.json`, made by scripts/gen/machines.ts; the NOTICE beside it says where the numbers come from.
 */
export interface MachineData {
  regions: readonly string[];
  /**
   * By machine type: cores, MiB of memory, then US dollars per hour on demand in each of `regions`; null or absent is
   * unknown.
   */
  types: Readonly<Record<string, readonly [cores: number, mebibytes: number, ...hourly: (number | null)[]]>>;
}

const MEBIBYTE = 2 ** 20;
let shipped: Machines | undefined;

/** Sizes and prices as they ship with the package; a cloud's file is read when its first machine is looked up. */
export const machines = (): Machines => (shipped ??= machinesFrom(readCloud));

/** Looks machines up in data that is read once per cloud. */
export function machinesFrom(read: (cloud: string) => MachineData | undefined): Machines {
  const clouds = new Map<string, MachineData | undefined>();
  return {
    find(cloud, machineType, region): Machine | undefined {
      if (!clouds.has(cloud)) clouds.set(cloud, read(cloud));
      const data = clouds.get(cloud);
      if (data === undefined || !Object.hasOwn(data.types, machineType)) return undefined;
      const [cores, mebibytes, ...prices] = data.types[machineType]!;
      const hourly = prices[data.regions.indexOf(region)];
      return { cores, memory: mebibytes * MEBIBYTE, ...(typeof hourly === "number" ? { hourly } : {}) };
    },
  };
}

function readCloud(cloud: string): MachineData | undefined {
  const file = `${PACKAGE_ROOT}data/machines/${cloud}.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as MachineData) : undefined;
}
