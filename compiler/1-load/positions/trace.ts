import type { PathSegment } from "../../diagnostics/config-path.ts";
import type { Span } from "../source-text.ts";
import type { Origin, Recorder } from "./recorder.ts";
import type { ListSite, ObjectSite, Part } from "./sites.ts";

/** Where the value at a path was written, as far as it was. */
export interface Trace {
  span?: Span;
  /**
   * How many segments of the path `span` stands for; fewer than asked for is a value that is written nowhere itself.
   */
  depth: number;
  /** The call that ran the function in which the value is written. */
  madeBy?: Span;
  /** Where that function only passes the value on: then `span` is the call. */
  passedOn?: Span;
}

interface Member {
  key?: Span;
  value?: Span;
  passed?: boolean;
  /** The value in the object that the member was copied from: it may have an origin where the copy has none. */
  copiedFrom: unknown;
}

/** Follows a path through the evaluated config, asking at each step which expression made the value. */
export function trace(recorder: Recorder, root: unknown, path: readonly PathSegment[], key = false): Trace {
  let value = root;
  let source = root; // what stands for the value in the side table: itself, or what it was copied from
  let origin = recorder.origin(root);
  let result: Trace = { span: origin?.site.span, depth: 0, madeBy: origin?.returnedBy };

  for (const [index, segment] of path.entries()) {
    if (!hasOwn(value, segment)) return result;
    const member = memberOf(recorder, source, segment);
    value = read(value, segment);
    origin = recorder.origin(value);
    source = origin ? value : member?.copiedFrom;
    const isAsked = index === path.length - 1;
    const span = isAsked && key && member?.key ? member.key : (origin?.site.span ?? member?.value);
    if (!span) continue;
    const madeBy = origin?.returnedBy ?? enclosing(result.madeBy, span, result.span);
    const isPassed = madeBy !== undefined && origin === undefined && member?.passed === true && span === member.value;
    result = isPassed ? { span: madeBy, depth: index + 1, passedOn: span } : { span, depth: index + 1, madeBy };
  }
  return result;
}

/** A value inside of a literal was made by the same call as the literal. */
function enclosing(madeBy: Span | undefined, inner: Span, outer: Span | undefined): Span | undefined {
  const isInside =
    outer !== undefined && inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end;
  return isInside ? madeBy : undefined;
}

/** The part of the source that gave an object its key: through spreads and helpers back to the literal. */
function memberOf(recorder: Recorder, object: unknown, key: PathSegment): Member | undefined {
  let source = object;
  let name = key;
  let fallback: Pick<Member, "key" | "value"> = {};
  // A loop and not a recursion: `reduce((all, one) => ({ ...all, [one]: 1 }))` makes chains of thousands.
  const seen = new Set<unknown>(); // a helper may return its argument, and two objects may have been merged into each other
  while (hasOwn(source, name) && !seen.has(source)) {
    seen.add(source);
    const origin = recorder.origin(source);
    const copiedFrom = read(source, name);
    if (!origin) return { ...(recorder.exported(source, name) ?? fallback), copiedFrom };
    const assigned = origin.assigned?.get(String(name));
    if (assigned) return { key: assigned, value: assigned, copiedFrom };
    const found = mergedPart(origin, name, copiedFrom) ?? partOf(origin, name);
    if (!found) return { ...fallback, copiedFrom };
    const { part } = found;
    if (part && part.kind !== "spread")
      return {
        key: "key" in part ? part.key : part.value,
        value: part.value,
        passed: "passed" in part && part.passed,
        copiedFrom,
      };
    if (part) fallback = { key: part.value, value: part.value };
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
