import type { Tunable, Tuned } from "../config/tunable.ts";
import { cores, type Cpu } from "../config/units.ts";
import { childPath } from "../diagnostics/config-path.ts";
import type { ResolvedTunable } from "../topology/tunables.ts";

/** Which value a tunable gets: its current one, or one of its bounds. */
export type TunablePoint = "current" | "min" | "max";

/** Turns tunables into plain values on the way, and remembers their bounds. */
export class TunableReader {
  /** By config path: a value that several workloads share is read for each of them. */
  readonly #found = new Map<string, ResolvedTunable>();
  readonly #accepted: ReadonlyMap<string, number | string>;
  readonly #point: TunablePoint;

  /** @param accepted values of accepted proposals by config path */
  constructor(accepted: ReadonlyMap<string, number | string>, point: TunablePoint) {
    this.#accepted = accepted;
    this.#point = point;
  }

  /** Every tunable that was read so far, in order of its path. */
  get tunables(): ResolvedTunable[] {
    return [...this.#found.values()].sort((a, b) => compareNames(a.source, b.source));
  }

  /** The plain value at `source`. A field that was left out stays undefined: its default is the caller's. */
  read<T extends number | string>(value: Tuned<T>, source: string): T;
  read<T extends number | string>(value: Tuned<T> | undefined, source: string): T | undefined;
  read<T extends number | string>(value: Tuned<T> | undefined, source: string): T | undefined {
    if (!isTunable(value)) return value;
    const current = (this.#accepted.get(source) as T | undefined) ?? value.default;
    const { min, max, step } = value;
    this.#found.set(source, {
      source,
      current,
      default: value.default,
      min,
      max,
      ...(step === undefined ? {} : { step }),
    });
    return this.#point === "current" ? current : value[this.#point];
  }
}

const isTunable = <T>(value: Tuned<T> | undefined): value is Tunable<T> =>
  typeof value === "object" && value !== null && (value as Tunable<T>).kind === "tunable";

/** Entries of a section by name, in the order of their names: the order of keys in the config changes nothing. */
export function entries<T>(
  section: Readonly<Record<string, T>> | undefined,
  source: string,
): { name: string; value: T; source: string }[] {
  return Object.entries(section ?? {})
    .map(([name, value]) => ({ name, value, source: childPath(source, name) }))
    .sort((a, b) => compareNames(a.name, b.name));
}

/** Order by code units: the same on every machine, whatever its locale. */
export const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A value of the config that is carried over as it is: the order of keys in it changes nothing either. */
export function canonical<T>(value: T): T {
  if (Array.isArray(value)) return value.map(canonical) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compareNames(a, b))
      .map(([key, child]) => [key, canonical(child)]),
  ) as T;
}

/** The most cores that a container gets where the config does not say it: twice what is reserved. */
export const defaultLimit = (cpu: Cpu): Cpu => `${Math.round(cores(cpu) * 2000)}m`;

/** A record with its keys in order. */
export const sorted = <T>(record: Readonly<Record<string, T>> | undefined): Record<string, T> =>
  Object.fromEntries(Object.entries(record ?? {}).sort(([a], [b]) => compareNames(a, b)));
