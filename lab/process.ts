import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { identify, isRunning, kill } from "./identity.ts";
import { forget, remember, type Run } from "./run.ts";
import { Hopeless, until } from "./until.ts";

export interface ProcessOptions {
  /** Of the process in its run; also names the log. */
  name: string;
  command: string;
  args: readonly string[];
  /** Added to this process' environment. */
  env?: Readonly<Record<string, string>>;
  /** Default: the run's folder. */
  cwd?: string;
  /** Looks whether it serves; a look that throws or says false is repeated. Default: it is enough that it runs. */
  ready?: (log: () => string) => unknown;
  /** Seconds until it must be ready. Default: 60. */
  seconds?: number;
}

export interface LabProcess {
  name: string;
  pid: number;
  /** Path of the file with all that it printed. */
  log: string;
  isRunning(): boolean;
  /** Asks it to end, and insists after some seconds. */
  stop(): Promise<void>;
}

/** Seconds between asking and insisting. */
const PATIENCE = 5;

/**
 * Starts a program of a run, with its output in a log, and returns when it is ready. It leads a process group, which
 * ends with the run: by `stop`, at this process' exit, or by `npm run lab -- down`.
 */
export async function startProcess(run: Run, options: ProcessOptions): Promise<LabProcess> {
  const { name, command, args, env = {}, cwd = run.folder, ready, seconds = 60 } = options;
  const log = join(run.folder, "logs", `${name}.log`);
  mkdirSync(join(run.folder, "logs"), { recursive: true });
  const output = openSync(log, "a");
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  const failure = new Promise<Error>((resolve) => child.once("error", resolve));
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (!identity) throw child.pid === undefined ? await failure : new Error(ended(name, log));
  remember(run, { name, log, ...identity });
  child.unref();

  const stop = async (): Promise<void> => {
    kill(identity, "SIGTERM");
    await until(`${name} ended`, () => !isRunning(identity), { seconds: PATIENCE, every: 20 }).catch(() => undefined);
    kill(identity); // also what it leaves of its group
    await until(`${name} ended`, () => !isRunning(identity), { seconds: PATIENCE, every: 20 });
    forget(run, name);
  };
  const look = async (): Promise<boolean> => {
    if (!isRunning(identity)) throw new Hopeless(ended(name, log));
    return (await ready!(() => readFileSync(log, "utf8"))) !== false;
  };
  if (ready)
    await until(`${name} ready`, look, { seconds }).catch((error: Error) => {
      throw error instanceof Hopeless ? error : new Error(`${error.message}\n${tail(log)}`);
    });
  return { name, pid: identity.pid, log, isRunning: () => isRunning(identity), stop };
}

const ended = (name: string, log: string): string => `${name} ended before it was ready:\n${tail(log)}`;

/** The last lines of a log, for people. */
function tail(log: string): string {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n").slice(-15);
  return [...lines.map((line) => `  │ ${line.slice(0, 400)}`), `  log: ${log}`].join("\n");
}
