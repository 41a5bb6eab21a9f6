import type { Span } from "../source-text.ts";
import type { Frame } from "./recorder.ts";
import type { CallSite } from "./sites.ts";

/** A call in which something was made. */
export interface Caller {
  readonly site: CallSite;
  /** Its arguments, as far as they may be objects or are only named. */
  readonly slots: readonly unknown[];
}

/**
 * The calls that led to a place while it was evaluated, from the nearest outwards. A call that a place stands in, as an
 * argument does, led to nothing. None led to a callback's own places, which stand where it is handed over; and where
 * something waits, nobody knows what was next.
 */
export function callersOf(span: Span, within: Frame | undefined): Caller[] {
  const callers: Caller[] = [];
  let place = span;
  for (let frame = within; frame !== undefined; frame = frame.outer) {
    const { site, slots, ended } = frame;
    if (!ended || isInside(place, site.span)) continue;
    if (site.waits) return callers;
    if (site.kind !== "call") continue;
    if (isInside(span, site.span)) return [];
    callers.push({ site, slots });
    place = site.span;
  }
  return callers;
}

function isInside(inner: Span, outer: Span): boolean {
  return inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end;
}

/** Whether a call is only handed a value that somebody further out has decided on. */
export const passesOn = ({ site, slots }: Caller, value: unknown): boolean =>
  slots.some((slot, index) => site.passed?.has(index) && Object.is(slot, value));
