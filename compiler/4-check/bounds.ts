import { bytes, cores, units, type Bytes, type Cpu } from "../config/units.ts";
import type { ResolvedTunable, Topology } from "../3-lower/topology.ts";

/** The least and the most that a number of the config can become: it stands still unless it is tunable. */
export interface Bounds {
  lowest: number;
  highest: number;
  tunable: boolean;
}

const byTopology = new WeakMap<Topology, ReadonlyMap<string, ResolvedTunable>>();

/** Bounds of the number at a config path, whose current value is known. */
export function boundsAt(topology: Topology, path: string, current: number): Bounds {
  let tunables = byTopology.get(topology);
  if (tunables === undefined)
    byTopology.set(topology, (tunables = new Map(topology.tunables.map((tunable) => [tunable.source, tunable]))));
  const tunable = tunables.get(path);
  if (tunable === undefined) return { lowest: current, highest: current, tunable: false };
  return { lowest: magnitude(tunable.min), highest: magnitude(tunable.max), tunable: true };
}

/** `5`, or `2 to 5` where it is tunable. */
export const showBounds = ({ lowest, highest, tunable }: Bounds): string =>
  tunable ? `${lowest} to ${highest}` : String(lowest);

/** The number behind a tunable's value: a count, cores or bytes. The schema lets nothing else through. */
export function magnitude(value: number | string): number {
  if (typeof value === "number") return value;
  return units.Cpu.pattern.test(value) ? cores(value as Cpu) : bytes(value as Bytes);
}
