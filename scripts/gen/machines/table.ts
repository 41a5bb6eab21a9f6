/** A machine type of one cloud: its size, and what an hour of it costs on demand in US dollars, by region. */
export interface MachineRow {
  type: string;
  cores: number;
  mebibytes: number;
  hourly: ReadonlyMap<string, number>;
}

/**
 * One line per type, as diffs like it: `"m6i.xlarge": [cores, MiB, price in regions[0], price in regions[1], ...]`.
 * `null` is an unknown price; those at the end of a line are left out. Read by compiler/facts/machines/.
 */
export function machineTable(rows: readonly MachineRow[]): string {
  const regions = [...new Set(rows.flatMap(({ hourly }) => [...hourly.keys()]))].sort();
  const lines = rows
    .toSorted((a, b) => (a.type < b.type ? -1 : 1))
    .map(({ type, cores, mebibytes, hourly }) => {
      const prices = regions.map((region) => hourly.get(region) ?? null);
      while (prices.at(-1) === null) prices.pop();
      return `    ${JSON.stringify(type)}: ${JSON.stringify([cores, mebibytes, ...prices])}`;
    });
  return `{\n  "regions": ${JSON.stringify(regions)},\n  "types": {\n${lines.join(",\n")}\n  }\n}\n`;
}

/** Prices are published with at most six decimals; what lies beyond is binary dust of a product. */
export const dollars = (price: number): number => Number(price.toFixed(6));

const GIBIBYTE = 1024;
export const mebibytes = (gibibytes: number): number => Math.round(gibibytes * GIBIBYTE);
