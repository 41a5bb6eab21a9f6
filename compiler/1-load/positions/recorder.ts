import type { Span } from "../source-text.ts";
import type { Site } from "./sites.ts";

/** What made an object, with what was seen while it was made. */
export interface Origin {
  readonly site: Site;
  /** Spread sources, computed keys or arguments. */
  readonly slots: readonly unknown[];
  /** Keys that were assigned to later. */
  assigned?: Map<string, Span>;
  /** What a helper copied into the object, as Object.assign does. */
  merged?: readonly unknown[];
  /** The call of the user's function in which the object was made. */
  returnedBy?: Span;
  /** Counts up: an object with a higher number was made later. */
  readonly serial: number;
}

interface Frame {
  readonly id: number;
  readonly slots: unknown[];
  /** The number of objects made before. */
  readonly since: number;
}

/** The name under which instrumented code finds the recorder; it exists only while the config is loaded for positions. */
export const RECORDER = "__ecoCompilePositions";

/** Side table of the objects of a config. Instrumented code calls the one-letter methods; see instrument.ts. */
export class Recorder {
  readonly sites: Site[] = [];
  readonly targets: Span[] = [];
  readonly #origins = new WeakMap<object, Origin>();
  /** Literals and calls being evaluated. Not strictly nested: functions with await take turns. */
  readonly #frames: Frame[] = [];
  #made = 0;

  origin(value: unknown): Origin | undefined {
    return isObject(value) ? this.#origins.get(value) : undefined;
  }

  /** A literal without slots, or an awaited value. */
  o<T>(id: number, value: T): T {
    this.#record(id, [], this.#made, value);
    return value;
  }

  /** Begins a literal or a call with slots. */
  b(id: number): Frame {
    const frame: Frame = { id, slots: [], since: this.#made };
    this.#frames.push(frame);
    return frame;
  }

  /** Ends what `b` began. */
  e<T>(frame: Frame, value: T): T {
    const index = this.#frames.lastIndexOf(frame);
    if (index >= 0) this.#frames.splice(index, 1);
    this.#record(frame.id, frame.slots, frame.since, value);
    return value;
  }

  /** A value for a slot of the innermost evaluation of `id`. */
  s<T>(id: number, slot: number, value: T): T {
    const frame = this.#frames.findLast((frame) => frame.id === id);
    if (frame) frame.slots[slot] = value;
    return value;
  }

  /** What is spread into a list: read once, since an iterator cannot be read again to count its items. */
  i<T>(id: number, slot: number, value: Iterable<T>): readonly T[] {
    return this.s(id, slot, Array.isArray(value) ? value : [...value]);
  }

  /** `object[key] = value`. */
  a<T>(id: number, object: object, key: PropertyKey, value: T): T {
    (object as Record<PropertyKey, unknown>)[key] = value;
    const origin = this.origin(object);
    if (origin && typeof key !== "symbol") (origin.assigned ??= new Map()).set(String(key), this.targets[id]!);
    return value;
  }

  #record(id: number, slots: readonly unknown[], since: number, value: unknown): void {
    if (!isObject(value) || typeof value === "function") return;
    const site = this.sites[id]!;
    const known = this.#origins.get(value);
    if (!known) {
      this.#origins.set(value, { site, slots, serial: ++this.#made });
      return;
    }
    if (slots.length > 1 && slots[0] === value) known.merged = [...(known.merged ?? []), ...slots.slice(1)];
    if (site.kind === "call" && known.serial > since && !isWithin(known.site.span, site.span)) known.returnedBy ??= site.span;
  }
}

/** `defineService({ … })` returns what stands in it: the literal says it all. */
function isWithin(inner: Span, outer: Span): boolean {
  return inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
