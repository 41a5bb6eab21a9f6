import type { PathSegment } from "../../diagnostics/config-path.ts";
import type { Span } from "../source-text.ts";
import { callersOf, passesOn, type Caller } from "./callers.ts";
import type { Frame, Origin, Recorder } from "./recorder.ts";
import type { ListSite, ObjectSite, Part } from "./sites.ts";

/** Where the value at a path was written, as far as it was. */
export interface Trace {
  span?: Span;
  /**
   * How many segments of the path `span` stands for; fewer than asked for is a value that is written nowhere itself.
   */
  depth: number;
  /** The calls that led to where it is written, from the nearest outwards. */
  calls?: readonly Span[];
  /** Where a function only passes the value on: then `span` is the call. */
  passedOn?: Span;
}

interface Member {
  key?: Span;
  value?: Span;
  passed?: boolean;
  /** What was being evaluated when it was written. */
  within?: Frame | undefined;
  /** The value in the object that the member was copied from: it may have an origin where the copy has none. */
  copiedFrom: unknown;
}

/** Follows a path through the evaluated config, asking at each step which expression made the value. */
export function trace(recorder: Recorder, root: unknown, path: readonly PathSegment[], key = false): Trace {
  let value = root;
  let source = root; // what stands for the value in the side table: itself, or what it was copied from
  let origin = recorder.origin(root);
  let result: Trace = origin ? { ...placed(origin.site.span, origin.within), depth: 0 } : { depth: 0 };

  for (const [index, segment] of path.entries()) {
    if (!hasOwn(value, segment)) return result;
    const member = memberOf(recorder, source, segment);
    value = read(value, segment);
    origin = recorder.origin(value);
    source = origin ? value : member?.copiedFrom;
    const isAsked = index === path.length - 1;
    const isKey = isAsked && key && member?.key !== undefined;
    const span = isKey ? member.key : (origin?.site.span ?? member?.value);
    if (!span) continue;
    const within = isKey || origin === undefined ? member?.within : origin.within;
    const isPassed = origin === undefined && member?.passed === true && span === member.value;
    result = { ...(isPassed ? passedAlong(span, within, value) : placed(span, within)), depth: index + 1 };
  }
  return result;
}

const placed = (span: Span, within: Frame | undefined): Pick<Trace, "span" | "calls"> => ({
  span,
  calls: spansOf(callersOf(span, within)),
});

/** A value that is only named where it is put in: the call decided on it that is handed no name for it itself. */
function passedAlong(span: Span, within: Frame | undefined, value: unknown): Omit<Trace, "depth"> {
  const callers = callersOf(span, within);
  if (callers.length === 0) return { span };
  const decided = callers.findIndex((caller) => !passesOn(caller, value));
  const last = decided < 0 ? callers.length - 1 : decided;
  return { span: callers[last]!.site.span, calls: spansOf(callers.slice(last + 1)), passedOn: span };
}

const spansOf = (callers: readonly Caller[]): Span[] => callers.map(({ site }) => site.span);

/** The part of the source that gave an object its key: through spreads and helpers back to the literal. */
function memberOf(recorder: Recorder, object: unknown, key: PathSegment): Member | undefined {
  let source = object;
  let name = key;
  let fallback: Pick<Member, "key" | "value" | "within"> = {};
  // A loop and not a recursion: `reduce((all, one) => ({ ...all, [one]: 1 }))` makes chains of thousands.
  const seen = new Set<unknown>(); // a helper may return its argument, and two objects may have been merged into each other
  while (hasOwn(source, name) && !seen.has(source)) {
    seen.add(source);
    const origin = recorder.origin(source);
    const copiedFrom = read(source, name);
    if (!origin) return { ...(recorder.exported(source, name) ?? fallback), copiedFrom };
    const assigned = origin.assigned?.get(String(name));
    if (assigned) return { key: assigned.span, value: assigned.span, within: assigned.within, copiedFrom };
    const found = mergedPart(origin, name, copiedFrom) ?? partOf(origin, name);
    if (!found) return { ...fallback, copiedFrom };
    const { part } = found;
    if (part && part.kind !== "spread")
      return {
        key: "key" in part ? part.key : part.value,
        value: part.value,
        passed: "passed" in part && part.passed,
        within: origin.within,
        copiedFrom,
      };
    if (part) fallback = { key: part.value, value: part.value, within: origin.within };
    if (!hasOwn(found.next, found.name)) return { ...fallback, copiedFrom };
    source = found.next;
    name = found.name;
  }
  return hasOwn(source, name) ? { ...fallback, copiedFrom: read(source, name) } : undefined;
}

/** Either the part that a key comes from, or where to look next: a spread source, an argument. */
interface Found {
  part?: Part;
  next?: unknown;
  name: PathSegment;
}

/** Of the objects that were merged into this one, the last that has this very value. */
function mergedPart({ merged }: Origin, name: PathSegment, value: unknown): Found | undefined {
  const next = merged?.findLast((other) => hasOwn(other, name) && Object.is(read(other, name), value));
  return next === undefined ? undefined : { next, name };
}

function partOf({ site, slots }: Origin, name: PathSegment): Found | undefined {
  switch (site.kind) {
    case "object":
      return partOfObject(site, slots, String(name));
    case "list":
      return partOfList(site, slots, Number(name));
    case "call": {
      const next = slots.findLast((slot) => hasOwn(slot, name)); // later arguments override earlier ones
      return next === undefined ? undefined : { next, name };
    }
  }
}

function partOfObject({ members, dynamic }: ObjectSite, slots: readonly unknown[], name: string): Found | undefined {
  const member = members.get(name);
  const later = dynamic.findLast(({ part, order }) => {
    if (order < (member?.order ?? -1)) return false;
    if (part.kind === "computed") return String(slots[part.slot]) === name;
    return part.kind === "spread" && hasOwn(slots[part.slot], name);
  });
  const part = later?.part ?? member?.part;
  return part && { part, next: part.kind === "spread" ? slots[part.slot] : undefined, name };
}

function partOfList({ items, hasSpread }: ListSite, slots: readonly unknown[], index: number): Found | undefined {
  if (!hasSpread) return items[index] && { part: items[index], name: index };
  let first = 0;
  for (const part of items) {
    const next = part.kind === "spread" ? slots[part.slot] : undefined;
    const length = part.kind === "spread" ? (Array.isArray(next) ? next.length : 0) : 1;
    if (index < first + length) return { part, next, name: index - first };
    first += length;
  }
  return undefined;
}

/**
 * What an object of the config has. The exports of a module are getters; any other may do whatever it likes, and is not
 * asked.
 */
function read(object: Record<PathSegment, unknown>, key: PathSegment): unknown {
  const property = Object.getOwnPropertyDescriptor(object, key);
  return property?.get === undefined ? property?.value : Object.hasOwn(object, "__esModule") ? object[key] : undefined;
}

function hasOwn(value: unknown, key: PathSegment): value is Record<PathSegment, unknown> {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}
