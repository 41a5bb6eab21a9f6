import { hostname } from "node:os";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { locked } from "./faults.ts";
import { errorCode } from "./disk.ts";
import { LOCKS, type Project } from "./workshop.ts";

/** A lock is an empty file whose name says who holds it, so that it is never half written. */
interface Holder {
  file: string;
  pid: number;
  since: number;
  host: string;
}

/** Locks that this process holds: after a restart in a container its number may be that of the run that died. */
const held = new Set<string>();

const ATTEMPTS = 20;
const PAUSE_MS = 50;

/** On another machine a process cannot be asked for; no run takes this long. */
const FOREIGN_LOCK_IS_DEAD_AFTER_MS = 3_600_000;

/**
 * Runs `work` while no other run writes to the project. Everybody first puts up a lock of their own and then looks for
 * others: whoever sees a living one takes its own down and tries again. Two can both step back, but never both go on;
 * and a dead lock can be removed by anyone at any time, since nobody will ever hold that name again.
 */
export function withLock<T>(project: Project, work: () => T): T | Diagnostic {
  let holder: Holder | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const own = putUp(project);
    try {
      holder = livingOther(project, own);
      if (holder === undefined) return work();
    } finally {
      held.delete(own);
      project.disk.remove(project.absolute(`${LOCKS}/${own}`));
    }
    if (attempt < ATTEMPTS) pause(PAUSE_MS / 2 + ((process.pid * attempt) % PAUSE_MS)); // not in step with the other
  }
  return locked(`${LOCKS}/${holder!.file}`, holder!.pid, holder!.host);
}

function putUp({ disk, absolute }: Project): string {
  for (let since = Date.now(); ; since++) {
    const name = `${process.pid}.${since}.${encodeURIComponent(hostname())}`;
    try {
      held.add(name);
      disk.create(absolute(`${LOCKS}/${name}`), "");
      return name;
    } catch (error) {
      held.delete(name);
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

function livingOther({ disk, absolute }: Project, own: string): Holder | undefined {
  for (const file of disk.list(absolute(LOCKS))) {
    if (file === own) continue;
    const holder = parseHolder(file);
    if (holder && isAlive(holder)) return holder;
    disk.remove(absolute(`${LOCKS}/${file}`));
  }
  return undefined;
}

function parseHolder(file: string): Holder | undefined {
  const [, pid, since, host] = /^(\d{1,10})\.(\d{1,16})\.(.+)$/.exec(file) ?? [];
  return host === undefined ? undefined : { file, pid: Number(pid), since: Number(since), host };
}

function isAlive({ file, pid, since, host }: Holder): boolean {
  if (host !== encodeURIComponent(hostname())) return Date.now() - since < FOREIGN_LOCK_IS_DEAD_AFTER_MS;
  if (pid === process.pid) return held.has(file);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM"; // it lives, as another user
  }
}

/** Writing is synchronous, and so is waiting for it. */
const pause = (milliseconds: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
