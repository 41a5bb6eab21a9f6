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
  assigned?: Map<string, Assigned>;
  /** What a helper copied into the object, as Object.assign does. */
  merged?: readonly unknown[];
  /** What was being evaluated when the object was made. */
  readonly within: Frame | undefined;
}

/** The value of an assignment. */
interface Assigned {
  readonly span: Span;
  readonly within: Frame | undefined;
}

/** A literal or a call while it is evaluated, and afterwards what is known of that. */
export interface Frame {
  readonly site: Site;
  readonly id: number;
  readonly slots: unknown[];
  /** What was being evaluated when it began. */
  readonly outer: Frame | undefined;
  /** False for ever where something was thrown. */
  ended: boolean;
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
    this.#record(id, [], value);
    return value;
  }

  /** Begins a literal or a call with slots. */
  begin(id: number): Frame {
    const frame: Frame = { site: this.sites[id]!, id, slots: [], outer: this.#frames.at(-1), ended: false };
    this.#frames.push(frame);
    return frame;
  }

  /** Ends what `begin` began. */
  end<T>(frame: Frame, value: T): T {
    const index = this.#frames.lastIndexOf(frame);
    if (index >= 0) this.#frames.push(...this.#frames.splice(index).slice(1).filter(mayGoOn));
    frame.ended = true;
    this.#record(frame.id, frame.slots, value);
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
    if (origin && typeof key !== "symbol")
      (origin.assigned ??= new Map()).set(String(key), { span: this.targets[id]!, within: this.#frames.at(-1) });
    return value;
  }

  #record(id: number, slots: readonly unknown[], value: unknown): void {
    if (!isObject(value) || typeof value === "function") return;
    const site = this.sites[id]!;
    if (site.argumentOf) this.slot(site.argumentOf.call, site.argumentOf.slot, value);
    const known = this.#origins.get(value);
    if (known) return addCall(known, site, slots, value);
    this.#origins.set(value, { site, slots, within: this.#frames.at(-1) });
    for (const [key, literal] of literalsIn(site))
      this.#record(literal, [], (value as Record<PathSegment, unknown>)[key]);
  }
}

/** What a call says about an object that is known already. */
function addCall(origin: Origin, site: Site, slots: readonly unknown[], value: object): void {
  if (site.kind !== "call") return;
  if (slots.length > 1 && slots[0] === value) origin.merged = [...(origin.merged ?? []), ...slots.slice(1)];
}

/** What does not wait is over with what began before it: something was thrown past it. */
const mayGoOn = ({ site }: Frame): boolean => site.waits === true;

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
