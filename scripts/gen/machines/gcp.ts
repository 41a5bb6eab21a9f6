import { dollars, mebibytes, type MachineRow } from "./table.ts";

/** A machine series: GiB per vCPU of each of its classes, and the vCPU counts it comes in. */
interface Series {
  ratios: Readonly<Record<string, number>>;
  counts: readonly number[];
  /** Class → largest count, where it ends before the others. */
  largest?: Readonly<Record<string, number>>;
  smallest?: Readonly<Record<string, number>>;
}

/**
 * Names are `<series>-<class>-<vCPUs>`, and the class fixes the memory per vCPU:
 * https://cloud.google.com/compute/docs/machine-resource, /general-purpose-machines and /compute-optimized-machines
 */
const SERIES: Readonly<Record<string, Series>> = {
  e2: { ratios: { standard: 4, highmem: 8, highcpu: 1 }, counts: [2, 4, 8, 16, 32], largest: { highmem: 16 } },
  n1: {
    ratios: { standard: 3.75, highmem: 6.5, highcpu: 0.9 },
    counts: [1, 2, 4, 8, 16, 32, 64, 96],
    smallest: { highmem: 2, highcpu: 2 },
  },
  n2: {
    ratios: { standard: 4, highmem: 8, highcpu: 1 },
    counts: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128],
    largest: { highcpu: 96, highmem: 96 },
  },
  n2d: {
    ratios: { standard: 4, highmem: 8, highcpu: 1 },
    counts: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224],
    largest: { highmem: 96 },
  },
  n4: { ratios: { standard: 4, highmem: 8, highcpu: 2 }, counts: [2, 4, 8, 16, 32, 48, 64, 80] },
  c2: { ratios: { standard: 4 }, counts: [4, 8, 16, 30, 60] },
  c2d: { ratios: { standard: 4, highmem: 8, highcpu: 2 }, counts: [2, 4, 8, 16, 32, 56, 112] },
  c3: { ratios: { standard: 4, highmem: 8, highcpu: 2 }, counts: [4, 8, 22, 44, 88, 176] },
  t2d: { ratios: { standard: 4 }, counts: [1, 2, 4, 8, 16, 32, 48, 60] },
  t2a: { ratios: { standard: 4 }, counts: [1, 2, 4, 8, 16, 32, 48] },
};

/**
 * Two vCPUs that may burst; billed and guaranteed is this share of a core:
 * https://cloud.google.com/compute/docs/general-purpose-machines#sharedcore
 */
const SHARED: Readonly<Record<string, { billed: number; gibibytes: number }>> = {
  "e2-micro": { billed: 0.25, gibibytes: 1 },
  "e2-small": { billed: 0.5, gibibytes: 2 },
  "e2-medium": { billed: 1, gibibytes: 4 },
};

/** libcloud's `gce_instances`: on-demand prices of a vCPU and of a GiB, by series and region. */
export type GcePrices = Readonly<
  Record<
    string,
    Readonly<Record<"cpu" | "ram", { on_demand: Readonly<Record<string, { price: number }>> } | undefined>>
  >
>;

/**
 * Compute Engine charges vCPUs and memory on their own, so that a type's price is a sum:
 * https://cloud.google.com/compute/all-pricing
 */
export function gcpMachines(prices: GcePrices): MachineRow[] {
  const row = (type: string, cores: number, gibibytes: number, billed = cores): MachineRow => ({
    type,
    cores,
    mebibytes: mebibytes(gibibytes),
    hourly: hourly(prices[type.split("-")[0]!], billed, gibibytes),
  });
  const predefined = Object.entries(SERIES).flatMap(([series, { ratios, counts, largest = {}, smallest = {} }]) =>
    Object.entries(ratios).flatMap(([name, ratio]) =>
      counts
        .filter((count) => count <= (largest[name] ?? Infinity) && count >= (smallest[name] ?? 0))
        .map((count) => row(`${series}-${name}-${count}`, count, count * ratio)),
    ),
  );
  return [
    ...predefined,
    ...Object.entries(SHARED).map(([type, { billed, gibibytes }]) => row(type, 2, gibibytes, billed)),
  ];
}

/** Zero means that libcloud does not know it. */
function hourly(series: GcePrices[string] | undefined, cores: number, gibibytes: number): Map<string, number> {
  const known = new Map<string, number>();
  for (const [region, { price }] of Object.entries(series?.cpu?.on_demand ?? {})) {
    const memory = series?.ram?.on_demand[region]?.price ?? 0;
    if (price > 0 && memory > 0) known.set(region, dollars(price * cores + memory * gibibytes));
  }
  return known;
}
