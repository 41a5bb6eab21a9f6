import { spawn } from "node:child_process";
import { identify, kill } from "./identity.ts";
import { forget, remember, type Run } from "./run.ts";

export interface CommandOptions {
  command: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment; default: this process'. */
  env?: NodeJS.ProcessEnv;
  /** Seconds after which it is ended. */
  seconds: number;
}

export interface Ended {
  /** Null where it was ended from outside. */
  code: number | null;
  stdout: string;
  stderr: string;
}

let count = 0;

/**
 * Runs a program of a run to its end. As what `startProcess` starts, it leads a process group, which ends with the run
 * at the latest.
 */
export async function runCommand(
  run: Run,
  { command, args, cwd, env = process.env, seconds }: CommandOptions,
): Promise<Ended> {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  const name = `command-${(count += 1)}`;
  if (identity) remember(run, { name, log: "", ...identity });
  const timer = setTimeout(() => identity && kill(identity), seconds * 1000);
  try {
    const code = await ended;
    if (code === null) output.stderr += `\nended after ${seconds} s, or from outside`;
    return { code, ...output };
  } finally {
    clearTimeout(timer);
    forget(run, name);
  }
}
