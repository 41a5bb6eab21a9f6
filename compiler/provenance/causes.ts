import { formatPath, isWithin, type PathSegment } from "../diagnostics/config-path.ts";
import type { Emission } from "../5-emit/index.ts";
import type { Ablation } from "./ablation.ts";
import type { Change } from "./changes.ts";
import type { Place } from "./places.ts";

/** A part of the config: a leaf, or all leaves below a node. */
interface Part {
  path: readonly PathSegment[];
  leaves: readonly Place[];
}

export interface Causes {
  /** Config paths of leaves that change the thing when they change. */
  sure: string[];
  /** Parts that change it, of which was not found out which leaves do. */
  within: string[];
}

/**
 * What of the config a thing depends on. Parts of the config are changed as a whole, and what the thing does not notice
 * is left out as a whole: so nothing is missed, however it gets from the config to the thing, and what cannot be told
 * apart with so many compilations is named by its part. (Two changes that undo each other in one part would hide it; they
 * are chosen so that they do not.) `look` says what the thing is like in an emission, `most` is how
 * many compilations there may be, and `near` where the thing is declared.
 */
export function causesOf(
  ablation: Ablation,
  look: (emission: Pick<Emission, "artifacts">) => string,
  { most, near }: { most: number; near: readonly PathSegment[] },
): Causes {
  const same = look(ablation.emission);
  let left = most;
  /** Whether the thing is another when these parts are; undefined where they cannot be changed together. */
  const notices = (parts: readonly Part[]): boolean | undefined => {
    left--;
    const other = ablation.compile(changesOf(ablation, parts));
    return other === undefined ? undefined : look(other) !== same;
  };
  const causes: Causes = { sure: [], within: [] };
  const open: Part[][] = [childrenOf([], ablation.leaves)];
  const known = new Set<Part[]>(); // to be noticed: seen, or since what is beside them is not
  for (let parts = nextOf(open, near); parts !== undefined; parts = nextOf(open, near)) {
    if (!known.has(parts) && left <= 0) {
      causes.within.push(...parts.map(({ path }) => formatPath(path)));
      continue;
    }
    const noticed = known.has(parts) || notices(parts);
    if (noticed === false) continue;
    const [only, ...others] = parts;
    if (others.length > 0) {
      const middle = Math.ceil(parts.length / 2);
      const [first, second] = [parts.slice(0, middle), parts.slice(middle)];
      const inFirst = noticed === true && left > 0 ? notices(first) : undefined;
      if (inFirst !== undefined) known.add(inFirst ? first : second);
      open.push(...(inFirst === false ? [] : [first]), second);
    } else if (only!.leaves.length > 1) {
      open.push(childrenOf(only!.path, only!.leaves));
    } else if (noticed === true) {
      causes.sure.push(formatPath(only!.leaves[0]!.path));
    }
  }
  return { sure: causes.sure.sort(), within: causes.within.sort() };
}

/** Parts near to where the thing is declared come first, so that most is found out there. */
function nextOf(open: Part[][], near: readonly PathSegment[]): Part[] | undefined {
  const index = open.findIndex(([part]) => near.length > 0 && isWithin(part!.path, near));
  return index < 0 ? open.shift() : open.splice(index, 1)[0];
}

/** The parts right below a path. */
function childrenOf(path: readonly PathSegment[], leaves: readonly Place[]): Part[] {
  const children = new Map<PathSegment, Place[]>();
  for (const leaf of leaves) {
    const segment = leaf.path[path.length]!;
    children.set(segment, [...(children.get(segment) ?? []), leaf]);
  }
  return [...children].map(([segment, leaves]) => ({ path: [...path, segment], leaves }));
}

/** The changes of all leaves of these parts; of a single leaf its own. */
function changesOf(ablation: Ablation, parts: readonly Part[]): Change[] {
  const leaves = parts.flatMap(({ leaves }) => leaves);
  if (leaves.length === 1) return [ablation.changeOf(leaves[0]!) ?? []].flat();
  return leaves.flatMap(({ path }) => ablation.together.get(formatPath(path)) ?? []);
}
