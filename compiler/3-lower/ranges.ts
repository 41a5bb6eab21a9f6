import { createHash } from "node:crypto";
import ipaddr from "ipaddr.js";
import type { Cidr } from "../config/units.ts";
import { DiagnosticError } from "../diagnostics/diagnostic.ts";
import type { Choices } from "../lock/choices.ts";
import { RANGE } from "../lock/forms.ts";

/** First and last address of a network, as numbers. */
export type Range = readonly [first: number, last: number];

/** A network that the config leaves to be chosen. */
export interface WantedRange {
  /** Config path of the field that would say it. */
  path: string;
  /** What its place is chosen by: ranges in use keep their place, whatever else there is. */
  purpose: string;
  pool: Cidr;
  prefix: number;
}

/**
 * A network for each that is wanted. What is recorded keeps its place; the others take free ones, chosen by the hash of
 * what they are for, so that two branches seldom choose the same.
 */
export function chooseRanges(
  wanted: readonly WantedRange[],
  written: readonly Range[],
  choices: Choices,
): ReadonlyMap<string, Cidr> {
  const recorded = wanted.flatMap(({ path }) => choices.recorded(path, RANGE) ?? []);
  const taken = [...written, ...recorded.map(rangeOf)];
  return new Map(
    wanted.map((range) => [range.path, choices.read(range.path, RANGE, { now: () => freeRange(range, taken) })]),
  );
}

function freeRange({ path, purpose, pool, prefix }: WantedRange, taken: Range[]): Cidr {
  const [from, to] = rangeOf(pool);
  const size = 2 ** (32 - prefix);
  const places = (to - from + 1) / size;
  const start = createHash("sha256").update(purpose).digest().readUInt32BE() % places;
  for (let place = 0; place < places; place++) {
    const first = from + ((start + place) % places) * size;
    if (taken.some(([low, high]) => low < first + size && first <= high)) continue;
    taken.push([first, first + size - 1]);
    return `${toAddress(first)}/${prefix}` as Cidr;
  }
  throw new DiagnosticError([
    {
      id: "networks/overlapping-cidrs",
      severity: "error",
      at: path.slice(0, path.lastIndexOf(".")),
      message: `no /${prefix} of ${pool} is free`,
      hint: "write the ranges for pods and services yourself",
    },
  ]);
}

export function rangeOf(cidr: Cidr): Range {
  const [address, prefix] = ipaddr.IPv4.parseCIDR(cidr);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(toNumber(address.toString()) / size) * size;
  return [first, first + size - 1];
}

/** How many bits of an address say the network. */
export const prefixOf = (cidr: Cidr): number => ipaddr.IPv4.parseCIDR(cidr)[1];

const toNumber = (address: string): number =>
  ipaddr.IPv4.parse(address).octets.reduce((sum, octet) => sum * 256 + octet, 0);
const toAddress = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
