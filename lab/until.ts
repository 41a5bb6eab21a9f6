import { setTimeout as sleep } from "node:timers/promises";

export interface UntilOptions {
  /** Seconds until it fails. Default: 30. */
  seconds?: number;
  /** Milliseconds between two looks. Default: 100. */
  every?: number;
  /** What is seen instead, for the message of a failure. */
  instead?: () => unknown;
}

/**
 * Looks until there is something to see, and returns it; a look that throws saw nothing. Fails by its own clock, since
 * uvu has none.
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { seconds = 30, every = 100, instead }: UntilOptions = {},
): Promise<Exclude<T, undefined | null | false>> {
  const end = performance.now() + seconds * 1000;
  for (let last: unknown; ; await sleep(every)) {
    try {
      const seen = await look();
      if (seen !== undefined && seen !== null && seen !== false) return seen as Exclude<T, undefined | null | false>;
      last = undefined;
    } catch (error) {
      if (error instanceof Hopeless) throw error;
      last = error;
    }
    if (performance.now() < end) continue;
    const seen = instead ? `; instead: ${JSON.stringify(await instead())}` : "";
    throw new Error(`after ${seconds} s still not ${what}${last instanceof Error ? `: ${last.message}` : ""}${seen}`);
  }
}

/** Thrown by a look that knows that there is no point in waiting. */
export class Hopeless extends Error {}
