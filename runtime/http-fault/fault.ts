import { setTimeout as sleep } from "node:timers/promises";

/** Looks that must all be good before the fault begins, and bad ones in a row that end it. */
const GOOD_LOOKS = 2;
const BAD_LOOKS = 2;

export interface FaultOptions {
  watch: readonly string[];
  /** Milliseconds, as are the next two. */
  duration: number;
  /** Between two looks. */
  every: number;
  /** In which an answer must come. */
  patience: number;
  /** Ends everything at once. */
  signal: AbortSignal;
}

export type Outcome = "over" | "refused" | "aborted" | "stopped";

/**
 * The fault is on between `open` and the end of this promise, and at no other time: it is not begun unless all that is
 * watched holds, and it ends when its time is over, when something watched has not held twice in a row, or when it is
 * told to.
 */
export async function holdFault(
  { watch, duration, every, patience, signal }: FaultOptions,
  open: () => Promise<void>,
): Promise<{ outcome: Outcome; broken: readonly string[] }> {
  for (let look = 0; look < GOOD_LOOKS; look++) {
    if (look > 0) await rest(every, signal);
    const broken = await breaches(watch, patience);
    if (signal.aborted) return { outcome: "stopped", broken: [] };
    if (broken.length > 0) return { outcome: "refused", broken };
  }
  await open();
  const end = performance.now() + duration;
  for (let bad = 0; performance.now() < end;) {
    await rest(Math.min(every, end - performance.now()), signal);
    if (signal.aborted) return { outcome: "stopped", broken: [] };
    if (performance.now() >= end) break;
    const broken = await breaches(watch, patience);
    bad = broken.length === 0 ? 0 : bad + 1;
    if (bad === BAD_LOOKS) return { outcome: "aborted", broken };
  }
  return { outcome: "over", broken: [] };
}

const rest = (time: number, signal: AbortSignal) =>
  sleep(Math.max(0, time), undefined, { signal }).catch(() => undefined);

/**
 * What does not answer 200 in time: also what cannot be reached, since a fault that cannot be watched must not go on.
 */
async function breaches(watch: readonly string[], patience: number): Promise<string[]> {
  const held = await Promise.all(watch.map((url) => holds(url, patience).catch(() => false)));
  return watch.filter((_, index) => !held[index]);
}

async function holds(url: string, patience: number): Promise<boolean> {
  const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(patience) });
  await response.body?.cancel();
  return response.status === 200;
}
