import { spawn, type ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { deserialize } from "node:v8";
import { PACKAGE_ROOT } from "../package-root.ts";
import { passOn } from "./prints.ts";
import { REPLY_FD, type Reply, type Request } from "./program/protocol.ts";

/** What Node runs as the process of a config. */
const PROGRAM = import.meta.url.endsWith(".ts")
  ? fileURLToPath(new URL("./program/start.cjs", import.meta.url))
  : `${PACKAGE_ROOT}dist/program.cjs`;

/** A config that has not been evaluated by then never will be: a large one takes a second or two. */
export const LOAD_LIMIT_MS = 30_000;

/**
 * How long a process has beyond the limit to say so by itself, which begins to count later; then it is taken to be in
 * an endless loop.
 */
const GRACE_MS = 5_000;

/** How long output may still come after the end: another process that the config began may hold the pipe for ever. */
const DRAIN_MS = 200;

export interface Asking {
  /** The project's folder: what the config reads is relative to it. */
  folder: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds; default {@link LOAD_LIMIT_MS}. */
  limit?: number;
  /** What the config prints; without it, nothing is shown. */
  say?: (text: string) => void;
}

/** What came back, or how the process ended without an answer. */
export type Answer = Reply | { kind: "died"; how: "busy" | "memory" | "killed" | "not begun"; detail: string };

/** Runs the config in a process of its own, and ends that process whatever came of it. */
export async function ask(
  request: Omit<Request, "limit">,
  { folder, env = process.env, limit = LOAD_LIMIT_MS, say }: Asking,
): Promise<Answer> {
  const child = spawn(process.execPath, [PROGRAM], {
    cwd: folder,
    env,
    stdio: ["pipe", "pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  const release = holdTo(child);
  const streams = [child.stdout, child.stderr] as Readable[];
  const prints = passOn(streams, say ?? (() => {}));
  const reply = child.stdio[REPLY_FD] as Readable;
  const chunks: Buffer[] = [];
  reply.on("data", (chunk: Buffer) => chunks.push(chunk));
  reply.on("error", () => {});
  child.stdin!.on("error", () => {}); // it ended before it read
  child.stdin!.end(JSON.stringify({ ...request, limit } satisfies Request));

  let isBusy = false;
  const timer = setTimeout(() => {
    isBusy = true;
    child.kill("SIGKILL");
  }, limit + GRACE_MS);
  const ended = await new Promise<{
    error?: NodeJS.ErrnoException;
    code?: number | null;
    signal?: NodeJS.Signals | null;
  }>((resolve) => {
    child.once("error", (error) => resolve({ error }));
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  clearTimeout(timer);
  await Promise.race([Promise.all([...streams, reply].map(closed)), pause(DRAIN_MS)]);
  release();
  for (const stream of [...streams, reply]) stream.destroy();
  prints.end();
  const { error, code, signal } = ended;
  if (error !== undefined) return { kind: "died", how: "not begun", detail: error.code ?? error.message };
  return (
    answerIn(Buffer.concat(chunks)) ?? {
      kind: "died",
      how: isBusy ? "busy" : prints.hasCollapsed() ? "memory" : "killed",
      detail: signal ?? `exit code ${code}`,
    }
  );
}

/** The reply, undefined when it is not whole. */
function answerIn(bytes: Buffer): Reply | undefined {
  if (bytes.length === 0) return undefined;
  try {
    return deserialize(bytes) as Reply;
  } catch {
    return undefined;
  }
}

const closed = (stream: Readable): Promise<void> =>
  new Promise((resolve) => (stream.closed || stream.destroyed ? resolve() : stream.once("close", resolve)));

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Lets the process not outlive this one; the result ends that. */
function holdTo(child: ChildProcess): () => void {
  const kill = (): void => void child.kill("SIGKILL");
  const onSignal = (signal: NodeJS.Signals): void => {
    kill();
    release();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal); // as if nobody had listened
  };
  const release = (): void => {
    process.off("exit", kill);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.on("exit", kill);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return release;
}
