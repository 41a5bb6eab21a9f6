import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process, told apart from a later one that got the same id by the time it started. */
export interface Identity {
  pid: number;
  started: string;
}

export function identify(pid: number): Identity | undefined {
  const started = startTime(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether the id has gone to somebody else; a system gives no id away while a group of that number lives on. */
export const isSomebodyElse = ({ pid, started }: Identity): boolean => ![undefined, started].includes(startTime(pid));

export const isRunning = ({ pid, started }: Identity): boolean => startTime(pid) === started;

/** Ends a process and its group. Everything that the lab starts leads a group of its own. */
export function kill({ pid }: Identity, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // it has just ended by itself
  }
}

/** Undefined where there is no such process, or only its exit code that nobody has asked for. */
function startTime(pid: number): string | undefined {
  try {
    if (process.platform !== "linux")
      return (
        execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        }).trim() || undefined
      );
    // Field 22 of proc(5), and 3 for the state; the second field is a name in parentheses that may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
