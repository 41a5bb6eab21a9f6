import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { locked, takenOver } from "./catalogue.ts";
import { errorCode, type Disk } from "./disk.ts";
import { holderName, parseHolder, standing, type Holder } from "./holder.ts";
import { LOCKS, type Project } from "./state-folder.ts";

/** Between two looks at the others' locks, on average. */
const PAUSE_MS = 50;

/**
 * Looks until a lock that nobody touches is that of a dead run: two seconds. Looks and not time: a machine that slept
 * has looked once.
 */
const LOOKS_AT_SILENCE = 40;

/** Looks until a living run is an error: four seconds. */
const LOOKS_AT_MOST = 80;

/** A run touches its lock at least this often while it works. */
const BEAT_MS = 100;

/** Between taking a silent run's lock away and writing: if it lives after all, it misses its lock by then. */
const GRACE_MS = 500;

/** FAT keeps time to two seconds: with steps of that size every touch is seen. */
const BEAT_STEP_S = 2;

/**
 * A run whose lock was taken away, since it was silent for so long. Not an error of the disk: nothing may be cleared up
 * after it.
 */
class TakenOver extends Error {}

/**
 * Runs `work` while no other run writes to the project. Everybody first puts up a lock of their own and then looks for
 * others: whoever sees a living one takes its own down and tries again. Two can both step back, but never both go on.
 *
 * Whether a process of this machine lives is known at once. Of others (another machine on a network share, another
 * container, a system that cannot say) all that is seen is whether they touch their lock. One that does not is taken
 * for dead; should it only have been stopped, it misses its lock before it touches anything else, and ends.
 */
export function withLock<T>(project: Project, work: (project: Project) => T): T | Diagnostic {
  const silence = new Map<string, Silence>();
  for (let look = 1; ; look++) {
    const own = putUp(project);
    try {
      const { blocking, silent } = others(project, own, silence);
      if (blocking === undefined) {
        for (const file of silent) project.disk.remove(project.absolute(`${LOCKS}/${file}`));
        if (silent.length > 0) pause(GRACE_MS);
        return work({ ...project, disk: touching(project.disk, project.absolute(`${LOCKS}/${own}`)) });
      }
      if (look === LOOKS_AT_MOST) return locked(`${LOCKS}/${blocking.file}`, blocking.pid, blocking.host);
    } catch (error) {
      if (error instanceof TakenOver) return takenOver(`${LOCKS}/${own}`);
      throw error;
    } finally {
      project.disk.remove(project.absolute(`${LOCKS}/${own}`));
    }
    pause(PAUSE_MS * (0.5 + Math.random())); // not in step with the other
  }
}

function putUp({ disk, absolute }: Project): string {
  for (let since = Date.now(); ; since++) {
    const name = holderName(since);
    try {
      disk.create(absolute(`${LOCKS}/${name}`), "");
      return name;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

/** For how many looks a lock has had this time stamp. */
interface Silence {
  stamp: number;
  looks: number;
}

/** One that is in the way, and those that have been silent for too long; the locks of the dead are removed. */
function others(
  { disk, absolute }: Project,
  own: string,
  silence: Map<string, Silence>,
): { blocking?: Holder; silent: string[] } {
  const silent: string[] = [];
  let blocking: Holder | undefined;
  for (const file of disk.list(absolute(LOCKS))) {
    const holder = file === own ? undefined : parseHolder(file);
    const stamp = holder && disk.stampOf(absolute(`${LOCKS}/${file}`));
    if (holder === undefined || stamp === undefined) continue; // no lock, or taken down by now
    const known = standing(holder);
    if (known === "dead") disk.remove(absolute(`${LOCKS}/${file}`));
    else if (known === "unknown" && looksAt(silence, file, stamp) > LOOKS_AT_SILENCE) silent.push(file);
    else blocking = holder;
  }
  return { blocking, silent };
}

function looksAt(silence: Map<string, Silence>, file: string, stamp: number): number {
  const before = silence.get(file);
  const looks = before?.stamp === stamp ? before.looks + 1 : 1;
  silence.set(file, { stamp, looks });
  return looks;
}

/**
 * The disk for a run that holds a lock: no call is made without having touched the lock shortly before. Time may jump
 * (a process that was stopped, a machine that slept, a clock that was set): whatever the jump, the lock is touched
 * before the next call.
 */
function touching(disk: Disk, lock: string): Disk {
  let last = Date.now();
  let stamp = Math.floor(last / 1000);
  const touch = (): void => {
    const now = Date.now();
    if (Math.abs(now - last) < BEAT_MS) return;
    if (!disk.stamp(lock, (stamp += BEAT_STEP_S))) throw new TakenOver();
    last = now;
  };
  const calls = Object.keys(disk).map((name) => {
    const call = disk[name as keyof Disk] as (...args: unknown[]) => unknown;
    return [name, (...args: unknown[]) => (touch(), call.apply(disk, args))] as const;
  });
  return Object.fromEntries(calls) as unknown as Disk;
}

/** Writing is synchronous, and so is waiting for it. */
const pause = (milliseconds: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
