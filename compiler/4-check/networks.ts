import type { Cidr } from "../config/units.ts";
import { rangeOf } from "../3-lower/ranges.ts";
import type { Cloud, Region } from "../topology/clouds.ts";

/** A range of addresses and the place where it is, or could be, written. */
export interface Range {
  at: string;
  title: string;
  cidr: Cidr;
  region?: Region;
  use: "network" | "nodes" | "pods" | "services";
  /** False for ranges that the compiler chose. */
  written: boolean;
}

/** The ranges of a cloud's regions. */
export const regionRanges = ({ regions }: Cloud): Range[] =>
  regions.flatMap((region) => {
    const { source, cidr, pods, services, written } = region.subnet;
    return [
      { at: `${source}.cidr`, title: `nodes of ${region.name}`, cidr, region, use: "nodes", written: true },
      ...(pods === undefined
        ? []
        : [
            {
              at: `${source}.pods`,
              title: `pods of ${region.name}`,
              cidr: pods,
              region,
              use: "pods",
              written: written.pods,
            } as const,
          ]),
      {
        at: `${source}.services`,
        title: `Services of ${region.name}`,
        cidr: services,
        region,
        use: "services",
        written: written.services,
      },
    ] satisfies Range[];
  });

export const networkRange = ({ name, network }: Cloud): Range => ({
  at: `${network.source}.cidr`,
  title: `network of ${name}`,
  cidr: network.cidr,
  use: "network",
  written: true,
});

export function overlap(a: Cidr, b: Cidr): boolean {
  const [[firstA, lastA], [firstB, lastB]] = [rangeOf(a), rangeOf(b)];
  return firstA <= lastB && firstB <= lastA;
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  const [[first, last], [from, to]] = [rangeOf(outer), rangeOf(inner)];
  return first <= from && to <= last;
}

/** Addresses in a network. */
export function size(cidr: Cidr): number {
  const [first, last] = rangeOf(cidr);
  return last - first + 1;
}
