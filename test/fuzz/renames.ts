import { places, resolve } from "../../compiler/provenance/places.ts";
import type { Random } from "./random.ts";

/** Around the limits of those who get names: of pools, of identities on gcp, of Helm, of label values. */
const LENGTHS = [1, 2, 3, 6, 12, 13, 15, 16, 24, 25, 30, 31, 32, 40, 41, 50, 51, 52, 53, 54, 60, 61, 63, 64];
const INNER = "abcdefghijklmnopqrstuvwxyz0123456789-";

/** Another name, of any length up to what no consumer takes. */
function nameOf(random: Random): string {
  const length = random.pick(LENGTHS);
  const ends = INNER.slice(0, -1);
  const inner = random.chance(0.2) ? INNER : ends;
  const middle = Array.from({ length: Math.max(length - 2, 0) }, () => random.pick([...inner])).join("");
  return `n${middle}${length > 1 ? random.pick([...ends]) : ""}`.replace(/-{2,}/g, (dashes) =>
    "x".repeat(dashes.length),
  );
}

/** A copy in which a name that the config declares is another one, and so is whatever refers to it. */
export function renamed(config: object, random: Random): object {
  const names = declared(config);
  return names.length === 0 ? config : withName(config, random.pick(names), nameOf(random));
}

/** A copy that says another name wherever it says this one. */
export function withName(config: object, from: string, to: string): object {
  const copyOf = (value: unknown): unknown => {
    if (value === from) return to;
    if (Array.isArray(value)) return value.map(copyOf);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key === from ? to : key, copyOf(inner)]));
  };
  return copyOf(config) as object;
}

/** The keys of all records whose keys are anybody's, and the name of the whole. */
const declared = (config: object): string[] => [
  ...((config as { name?: string }).name === undefined ? [] : [(config as { name: string }).name]),
  ...places(config).flatMap(({ value, schema }) =>
    typeof resolve(schema).additionalProperties === "object" && value !== null && typeof value === "object"
      ? Object.keys(value)
      : [],
  ),
];

const RANGE = /^\d+\.\d+\.\d+\.\d+\/\d+$/;
export const isRange = (value: unknown): boolean => typeof value === "string" && RANGE.test(value);

/** Another range of addresses: as wide as it was or not, mostly without host bits. */
export function rangeOf(value: string, random: Random): string {
  const [address, prefix] = value.split("/") as [string, string];
  const [first, second] = address.split(".").map(Number) as [number, number];
  const bits = random.chance(0.3) ? Number(prefix) : 12 + random.below(18);
  const block = random.pick([
    [first, second],
    [10, random.below(256)],
    [172, 16 + random.below(16)],
    [192, 168],
    [100, 64 + random.below(64)],
  ])!;
  const low = ((random.below(256) << 8) | random.below(256)) >>> 0;
  const mask = bits >= 32 ? 0xffff : bits <= 16 ? 0 : (0xffff << (32 - bits)) & 0xffff;
  const kept = random.chance(0.95) ? low & mask : low;
  return `${block[0]}.${bits < 16 ? block[1]! & (0xff << (16 - bits)) & 0xff : block[1]}.${kept >> 8}.${kept & 255}/${bits}`;
}
