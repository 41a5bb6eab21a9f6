import { spawn } from "node:child_process";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { CLI } from "./build.ts";

export interface CliRun {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  /** Working directory. Default: the package's. */
  cwd?: string;
  /** Added to an environment without colors, a terminal's width or CI's own variables; undefined takes one away. */
  env?: Record<string, string | undefined>;
  /** The Node that runs it. Default: this one. */
  node?: string;
  /** A command that runs it, with arguments of its own before it. */
  through?: readonly string[];
}

/** Runs `eco-compile` as a user does, in a process of its own. */
export function runCli(
  args: readonly string[],
  { cwd = PACKAGE_ROOT, env = {}, node = process.execPath, through = [] }: CliOptions = {},
): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const { PATH = "", HOME = "" } = process.env;
    const [command, ...before] = [...through, node, CLI];
    const child = spawn(command!, [...before, ...args], {
      cwd,
      env: { PATH, HOME, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}
