import type { Position, RelatedFinding } from "../diagnostics/diagnostic.ts";

/** Of a long chain of calls, the nearest ones count, and the last: it stands in the config. */
const NEAREST = 4;

/** The calls that led to a place, from the nearest outwards, each once. */
export function calledAt(at: string, calls: readonly Position[]): RelatedFinding[] {
  const each = [...new Map(calls.map((position) => [JSON.stringify(position), position])).values()];
  const shown = each.length > NEAREST + 1 ? [...each.slice(0, NEAREST), each.at(-1)!] : each;
  return shown.map((position) => ({ at, message: "called here", call: true, position }));
}
