import { magnitude } from "../config/units.ts";
import type { ResolvedTunable } from "../topology/tunables.ts";
import type { Topology } from "../topology/index.ts";

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
