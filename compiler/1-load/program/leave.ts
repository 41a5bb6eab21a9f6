import { syncBuiltinESMExports } from "node:module";
import process from "node:process";
import { serialize } from "node:v8";
import { writeAll } from "./pipes.ts";
import { REPLY_FD, type Reply, type Thrown } from "./protocol.ts";
import { describeThrown } from "./thrown.ts";

/** Kept before the config runs, which may put others in their place. */
const reallyExit = (process as unknown as { reallyExit: (code: number) => never }).reallyExit.bind(process);
const kill = process.kill.bind(process);
const { pid, ppid } = process;

let hasLeft = false;

/**
 * Answers, and ends the process at once: no timer, listener or handler of the config's runs after it. The first answer
 * counts.
 */
export function leave(reply: Reply): never {
  if (!hasLeft) {
    hasLeft = true;
    writeAll(REPLY_FD, serialize(reply));
  }
  return reallyExit(0);
}

export type PendingFile = () => string | undefined;

/** From here on whatever ends the process, or fails beside the config, becomes an answer. */
export function guard(
  pending: PendingFile,
  limit: number,
): { /** What failed beside the config so far. */ failedApart(): unknown[] } {
  const ends = (by: string): never => leave({ kind: "ended", by, thrown: here() });
  Object.assign(process, {
    exit: (code?: unknown) => ends(`process.exit(${["number", "string"].includes(typeof code) ? String(code) : ""})`),
    reallyExit: () => ends("process.reallyExit()"),
    abort: () => ends("process.abort()"),
    kill: (target: number, signal?: string | number) =>
      [pid, -pid, ppid, 0].includes(Number(target)) && signal !== 0 ? ends("process.kill()") : kill(target, signal),
  });
  syncBuiltinESMExports(); // for `import { exit } from "node:process"`

  const rejected = new Map<Promise<unknown>, unknown>();
  process.on("unhandledRejection", (reason, promise) => rejected.set(promise, reason));
  process.on("rejectionHandled", (promise) => rejected.delete(promise)); // awaited later, all the same
  process.setUncaughtExceptionCaptureCallback((error) =>
    leave({ kind: "threw", thrown: describeThrown(error), apart: true }),
  );

  const unsettled = (late: boolean) => {
    const [reason] = rejected.values();
    if (rejected.size > 0) leave({ kind: "threw", thrown: describeThrown(reason), apart: true });
    const file = pending();
    leave({ kind: "unsettled", late, ...(file === undefined ? {} : { file }) });
  };
  process.on("beforeExit", () => unsettled(false)); // nothing is left that could settle it
  setTimeout(() => unsettled(true), limit).unref();
  return { failedApart: () => [...rejected.values()] };
}

const here = (): Thrown => describeThrown(new Error("ended"));
