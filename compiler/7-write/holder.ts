import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { threadId } from "node:worker_threads";
import { sha256 } from "./journal.ts";

/**
 * Who holds a lock. All of it is in the lock's name, so that it is never half written, and a full disk still takes it.
 */
export interface Holder {
  file: string;
  pid: number;
  /** For people: containers have the same, and one machine has another after a restart. */
  host: string;
  /**
   * Where processes can be asked for by their number: one boot of one machine, and one namespace of processes on it.
   * Absent where there is no such thing.
   */
  machine?: string;
  /** When the process began, and its thread: the number is given to another one day. */
  life?: string;
}

/**
 * The name for a lock of this thread. `since` only keeps names apart: no clock is compared with another's. A name
 * without machine and life is also that of earlier versions, which take every longer one for a lock of another host.
 */
export function holderName(since: number): string {
  const { machine, life } = here();
  const host = encodeURIComponent(hostname()).slice(0, LONGEST_HOST);
  return [process.pid, since, host, ...(machine === undefined ? [] : [machine, life])].join(".");
}

/** Names of files have at most 255 characters; fully qualified hosts alone have up to 253. */
const LONGEST_HOST = 150;

/** Undefined for what is no lock. */
export function parseHolder(file: string): Holder | undefined {
  const [, pid, host, machine, life] = /^(\d{1,10})\.\d{1,16}\.(.+?)(?:\.([0-9a-f]{12})\.(\d+-\d+))?$/.exec(file) ?? [];
  return host === undefined ? undefined : { file, pid: Number(pid), host, machine, life };
}

/**
 * Only processes of this machine can be asked for. What this very thread no longer holds is left over: it holds one at
 * a time.
 */
export function standing({ pid, machine, life }: Holder): "alive" | "dead" | "unknown" {
  const own = here();
  if (machine === undefined || machine !== own.machine) return "unknown";
  if (pid === process.pid && life === own.life) return "dead";
  const began = beginning(pid);
  if (began === "gone") return "dead";
  if (began === "hidden") return "unknown";
  if (!life!.startsWith(`${began}-`)) return "dead";
  return pid === process.pid ? "unknown" : "alive"; // another thread of this process may have ended
}

let place: Pick<Holder, "machine" | "life"> | undefined;

/**
 * Linux alone says these things in files (proc(5), namespaces(7)); elsewhere all that tells a living run is that its
 * lock is touched.
 */
function here(): Pick<Holder, "machine" | "life"> {
  return (place ??= process.platform === "linux" ? linux() : {});
}

function linux(): Pick<Holder, "machine" | "life"> {
  try {
    // In a namespace of processes that still sees the files of the one outside, numbers mean other processes.
    if (readlinkSync("/proc/self") !== String(process.pid)) return {};
    const facts = [
      readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
      readlinkSync("/proc/self/ns/pid"),
      hostname(),
    ];
    const began = beginning(process.pid);
    return /^\d+$/.test(began)
      ? { machine: sha256(Buffer.from(facts.join("\n"))).slice(0, 12), life: `${began}-${threadId}` }
      : {};
  } catch {
    return {};
  }
}

/**
 * Clock ticks between the start of the machine and that of a process. `hidden`: other users' processes may not be shown
 * (`hidepid`).
 */
function beginning(pid: number): string | "gone" | "hidden" {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name before it may hold anything
    return /[ZX]/.test(fields[STATE]!) ? "gone" : fields[START_TIME]!; // killed, and its parent has not asked for it yet
  } catch {
    return exists(pid) ? "hidden" : "gone";
  }
}

/** Places behind the name in `/proc/PID/stat`. */
const STATE = 0;
const START_TIME = 19;

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
