import { setTimeout as sleep } from "node:timers/promises";

export interface Repeated {
  /** Ends it, once the look that is under way has ended. */
  stop(): Promise<void>;
}

/**
 * Looks again and again, as many milliseconds apart. A look that throws is one that saw nothing: the server may be
 * ending.
 */
export function repeat(look: () => Promise<void>, { every }: { every: number }): Repeated {
  let stopped = false;
  const done = (async () => {
    for (; !stopped; await sleep(every)) await look().catch(() => undefined);
  })();
  return {
    async stop() {
      stopped = true;
      await done;
    },
  };
}
