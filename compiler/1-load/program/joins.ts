import type { PathSegment } from "../../diagnostics/config-path.ts";

/**
 * Definitions that another one of the same name took the place of: `{ ...shop, ...payments }`, a key that is written
 * twice, Object.assign. JavaScript lets the last one win without a word. joins-plugin.ts puts calls to this around the
 * literals in which it can happen; what they find says nothing yet: within one service, overriding is what a spread is
 * for.
 */
export class Joins {
  readonly #lost = new WeakMap<object, Map<string, object[]>>();
  /** What was copied into an object. */
  readonly #sources = new WeakMap<object, readonly object[]>();
  /** Literals being evaluated. Not strictly nested: functions with await take turns. */
  readonly #open: Frame[] = [];

  /** The definitions that lost to the one that an object has under a key. */
  lost(object: unknown, key: string): readonly object[] {
    return (isDefinition(object) && this.#lost.get(object)?.get(key)) || [];
  }

  /** The keys of an object that were defined more than once. */
  keys(object: unknown): string[] {
    return isDefinition(object) ? [...(this.#lost.get(object)?.keys() ?? [])] : [];
  }

  /** Begins a literal. */
  open(id: string): Frame {
    const frame = { id, slots: [] };
    this.#open.push(frame);
    return frame;
  }

  /** What is spread, a computed key, or a value that a later part may take the place of. */
  part<T>(id: string, slot: number, value: T): T {
    const frame = this.#open.findLast((frame) => frame.id === id);
    if (frame) frame.slots[slot] = value;
    return value;
  }

  /** Ends a literal. */
  join<T extends object>(frame: Frame, value: T, layout: readonly Layout[]): T {
    const index = this.#open.lastIndexOf(frame);
    if (index >= 0) this.#open.splice(index, 1);
    quietly(() =>
      this.#compare(
        value,
        layout.map((part) => givenBy(part, frame.slots)),
      ),
    );
    return value;
  }

  /** Object.assign and Object.fromEntries overwrite as literals do. */
  watchBuiltins(): void {
    const { assign, fromEntries } = Object;
    Object.assign = (target: object, ...sources: unknown[]): object => {
      const before = isDefinition(target) && sources.length > 0 ? { ...target } : {};
      const result = (assign as (...all: unknown[]) => object)(target, ...sources);
      quietly(() => this.#compare(result, [before, ...sources].filter(isDefinition)));
      return result;
    };
    Object.fromEntries = (entries: Iterable<readonly unknown[]>): Record<string, unknown> => {
      const list = [...entries];
      const result = fromEntries(list as Iterable<readonly [PropertyKey, unknown]>) as Record<string, unknown>;
      if (Object.keys(result).length < list.length)
        quietly(() =>
          this.#compare(
            result,
            list.map(([key, value]) => [String(key), value]),
          ),
        );
      return result;
    };
  }

  /** Holds every part of an object against those before it. */
  #compare(object: object, parts: readonly Given[]): void {
    const written = new Map<string, unknown>();
    const spreads: object[] = [];
    const lose = (key: string, loser: unknown): void => {
      if (!isDefinition(loser)) return;
      const winner: unknown = Object.getOwnPropertyDescriptor(object, key)?.value;
      if (isDefinition(winner) && !this.#isMadeOf(winner, loser)) this.#lose(object, key, loser);
    };
    for (const part of parts) {
      if (Array.isArray(part)) {
        const [key, value] = part as [string, unknown];
        if (written.has(key)) lose(key, written.get(key));
        for (const spread of spreads) if (Object.hasOwn(spread, key)) lose(key, spread[key as never]);
        written.set(key, value);
        continue;
      }
      for (const [key, losers] of this.#lost.get(part) ?? [])
        if (object[key as never] === part[key as never]) for (const loser of losers) lose(key, loser);
      if (written.size > 0) for (const key of Object.keys(part)) if (written.has(key)) lose(key, written.get(key));
      for (const spread of spreads) for (const key of shared(spread, part)) lose(key, spread[key as never]);
      spreads.push(part);
    }
    this.#sources.set(object, spreads);
  }

  /** `web: { ...shop.web, replicas: 3 }` loses nothing: it says that it changes what it is made of. */
  #isMadeOf(winner: object, loser: object): boolean {
    const seen = new Set<object>();
    const open = [winner];
    for (let object = open.pop(); object !== undefined; object = open.pop()) {
      if (object === loser) return true;
      if (seen.has(object)) continue;
      seen.add(object);
      open.push(...(this.#sources.get(object) ?? []));
    }
    return false;
  }

  #lose(object: object, key: string, loser: object): void {
    const byKey = this.#lost.get(object) ?? new Map<string, object[]>();
    this.#lost.set(object, byKey);
    const losers = byKey.get(key) ?? [];
    byKey.set(key, losers);
    if (!losers.includes(loser)) losers.push(loser);
  }
}

/** What a part of a literal gives: one key with its value, or all that an object has. */
type Given = readonly [key: string, value: unknown] | object;

interface Frame {
  readonly id: string;
  readonly slots: unknown[];
}

/**
 * A part of a literal: the slot of a spread, or a key (its name, or its slot) with the slot of its value, absent where
 * no later part can take its place.
 */
export type Layout = number | readonly [key: string | number, value?: number];

function givenBy(part: Layout, slots: readonly unknown[]): Given {
  if (typeof part === "number") return isDefinition(slots[part]) ? slots[part] : {};
  const [key, value] = part;
  return [String(typeof key === "number" ? slots[key] : key), value === undefined ? undefined : slots[value]];
}

/** The keys that two objects share, in the time that the smaller one takes: loops spread what they have so far. */
function shared(a: object, b: object): string[] {
  const [keysOfA, keysOfB] = [Object.keys(a), Object.keys(b)];
  return keysOfA.length < keysOfB.length
    ? keysOfA.filter((key) => Object.hasOwn(b, key))
    : keysOfB.filter((key) => Object.hasOwn(a, key));
}

function isDefinition(value: unknown): value is object & Record<PathSegment, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A getter or a Proxy that throws here has thrown, or will, where the config itself asks it. */
function quietly(look: () => void): void {
  try {
    look();
  } catch {
    // said elsewhere
  }
}

/** How transformed code calls the joins. */
export const JOIN_CALLS = { open: "__eco_open", part: "__eco_part", join: "__eco_join" } as const satisfies Partial<
  Record<keyof Joins, string>
>;

/** Makes them reachable for transformed code, for as long as the process lasts. */
export function exposeJoins(joins: Joins): void {
  const names = Object.entries(JOIN_CALLS) as [keyof typeof JOIN_CALLS, string][];
  for (const [method, name] of names) Object.defineProperty(globalThis, name, { value: joins[method].bind(joins) });
}
