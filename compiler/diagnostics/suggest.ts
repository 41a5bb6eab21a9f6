import { distance } from "fastest-levenshtein";

/**
 * The declared name that a misspelt one most likely means, or undefined when none is close. One edit for every three
 * characters is close, two swapped neighbours count as one, and a difference in case, `-` or `_` alone is always close.
 */
export function nearest(name: string, declared: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  let bestEdits = Infinity;
  for (const candidate of declared) {
    const edits = candidate === name ? Infinity : editsBetween(name, candidate, limit);
    if (edits > limit || edits >= Math.min(name.length, candidate.length)) continue; // nothing in common is not close
    // Of two equally close ones the first in code unit order, so that the order of keys does not matter.
    if (best !== undefined && (edits > bestEdits || (edits === bestEdits && best <= candidate))) continue;
    best = candidate;
    bestEdits = edits;
  }
  return best;
}

/** `did you mean "web"?`, or undefined when no declared name is close. */
export function didYouMean(name: string, declared: Iterable<string>): string | undefined {
  const close = nearest(name, declared);
  return close === undefined ? undefined : `did you mean ${JSON.stringify(close)}?`;
}

function editsBetween(name: string, candidate: string, limit: number): number {
  if (withoutStyle(name) === withoutStyle(candidate)) return 0;
  if (Math.abs(name.length - candidate.length) > limit) return Infinity;
  return hasSwappedNeighbours(name, candidate) ? 1 : distance(name, candidate);
}

function withoutStyle(name: string): string {
  return name.replace(/[-_\s]/g, "").toLowerCase();
}

/** `prot` for `port`: one slip of the fingers, though two edits. */
function hasSwappedNeighbours(name: string, candidate: string): boolean {
  if (name.length !== candidate.length) return false;
  let at = 0;
  while (at < name.length && name[at] === candidate[at]) at++;
  return (
    name[at] === candidate[at + 1] && name[at + 1] === candidate[at] && name.slice(at + 2) === candidate.slice(at + 2)
  );
}
