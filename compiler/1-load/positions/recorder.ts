import type { PathSegment } from "../../diagnostics/config-path.ts";
import type { Span } from "../source-text.ts";
import type { Export } from "./exports.ts";
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

/** A file that ran. */
interface Module {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly written: ReadonlyMap<string, Export>;
}

/** Side table of the objects of a config, filled by the code that instrument.ts makes. */
export class Recorder {
  readonly sites: Site[] = [];
  readonly targets: Span[] = [];
  /** By file, what it exports. */
  readonly written = new Map<string, ReadonlyMap<string, Export>>();
  readonly #origins = new WeakMap<object, Origin>();
  /** Literals and calls being evaluated. Not strictly nested: functions with await take turns. */
  readonly #frames: Frame[] = [];
  #modules: readonly Module[] = [];
  #made = 0;

  origin(value: unknown): Origin | undefined {
    return isObject(value) ? this.#origins.get(value) : undefined;
  }

  /** Learns what the files that ran have exported. */
  ran(files: Readonly<Record<string, { exports?: unknown }>>): void {
    this.#modules = Object.entries(files).flatMap(([file, { exports }]) => {
      const written = this.written.get(file);
      return written && isObject(exports) ? [{ exports: exports as Module["exports"], written }] : [];
    });
  }

  /**
   * Where an export is written, for `{ ...shop }` after `import * as shop`. The loader puts a Proxy before the exports of
   * a file, so that it is known by what it holds; an export that it passes on is written in another file.
   */
  exported(namespace: object, name: PathSegment): Export | undefined {
    if (!Object.hasOwn(namespace, "__esModule")) return undefined;
    const given = namespace as Module["exports"];
    const names = Object.keys(given);
    const key = String(name);
    const alike = this.#modules.filter(
      ({ exports, written }) => written.has(key) && Object.is(exports[key], given[key]),
    );
    const itself = alike.find(
      ({ exports }) =>
        Object.keys(exports).length === names.length && names.every((one) => Object.is(exports[one], given[one])),
    );
    return (itself ?? alike[0])?.written.get(key);
  }

  /** A literal without slots, or an awaited value. */
  made<T>(id: number, value: T): T {
    this.#record(id, [], this.#made, value);
    return value;
  }

  /** Begins a literal or a call with slots. */
  begin(id: number): Frame {
    const frame: Frame = { id, slots: [], since: this.#made };
    this.#frames.push(frame);
    return frame;
  }

  /** Ends what `begin` began. */
  end<T>(frame: Frame, value: T): T {
    const index = this.#frames.lastIndexOf(frame);
    if (index >= 0) this.#frames.splice(index, 1);
    this.#record(frame.id, frame.slots, frame.since, value);
    return value;
  }

  /** A value for a slot of the innermost evaluation of `id`. */
  slot<T>(id: number, slot: number, value: T): T {
    const frame = this.#frames.findLast((frame) => frame.id === id);
    if (frame) frame.slots[slot] = value;
    return value;
  }

  /** What is spread into a list: read once, since an iterator cannot be read again to count its items. */
  items<T>(id: number, slot: number, value: Iterable<T>): readonly T[] {
    return this.slot(id, slot, Array.isArray(value) ? value : [...value]);
  }

  /** `object[key] = value`. */
  assign<T>(id: number, object: object, key: PropertyKey, value: T): T {
    (object as Record<PropertyKey, unknown>)[key] = value;
    const origin = this.origin(object);
    if (origin && typeof key !== "symbol") (origin.assigned ??= new Map()).set(String(key), this.targets[id]!);
    return value;
  }

  #record(id: number, slots: readonly unknown[], since: number, value: unknown): void {
    if (!isObject(value) || typeof value === "function") return;
    const site = this.sites[id]!;
    if (site.argumentOf) this.slot(site.argumentOf.call, site.argumentOf.slot, value);
    const known = this.#origins.get(value);
    if (known) return addCall(known, site, slots, since, value);
    this.#origins.set(value, { site, slots, serial: ++this.#made });
    for (const [key, literal] of literalsIn(site))
      this.#record(literal, [], since, (value as Record<PathSegment, unknown>)[key]);
  }
}

/** What a call says about an object that is known already. */
function addCall(origin: Origin, site: Site, slots: readonly unknown[], since: number, value: object): void {
  if (site.kind !== "call") return;
  if (slots.length > 1 && slots[0] === value) origin.merged = [...(origin.merged ?? []), ...slots.slice(1)];
  if (origin.serial > since && !isWithin(origin.site.span, site.span)) origin.returnedBy ??= site.span;
}

/** The literals that stand directly in a literal, by key or index. */
function* literalsIn(site: Site): Generator<[PathSegment, number]> {
  if (site.kind === "object") {
    for (const [key, { part }] of site.members)
      if (part.kind === "member" && part.literal !== undefined) yield [key, part.literal];
  } else if (site.kind === "list") {
    for (const [index, part] of site.items.entries())
      if (part.kind === "item" && part.literal !== undefined) yield [index, part.literal];
  }
}

/** `defineService({ … })` returns what stands in it: the literal says it all. */
function isWithin(inner: Span, outer: Span): boolean {
  return inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** How instrumented code calls the recorder: plain short names, since the transform behind pays for every node. */
export const CALLS = {
  made: "__eco_m",
  begin: "__eco_b",
  end: "__eco_e",
  slot: "__eco_s",
  items: "__eco_i",
  assign: "__eco_a",
} as const satisfies Partial<Record<keyof Recorder, string>>;

/** Makes the recorder reachable for instrumented code, for as long as the process lasts. */
export function expose(recorder: Recorder): void {
  const names = Object.entries(CALLS) as [keyof typeof CALLS, string][];
  for (const [method, name] of names)
    Object.defineProperty(globalThis, name, { value: recorder[method].bind(recorder) });
}
