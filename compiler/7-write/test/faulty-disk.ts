import { writeFileSync } from "node:fs";
import { nodeDisk, type Disk } from "../disk.ts";

/** The end of the process, as far as the code under test can tell: nothing after it has any effect. */
export class Crash extends Error {}

export interface FaultyDisk extends Disk {
  /** Calls made so far, as `rename a b`. */
  readonly calls: string[];
}

/**
 * A disk on which call number `at` (from 0) does not happen, and none after it. `tear`: a write leaves half of its
 * bytes.
 */
export function crashingDisk(at: number, { tear = false } = {}): FaultyDisk {
  return wrappedDisk((call, name, args) => {
    if (call < at) return;
    if (call === at && tear && name === "create") {
      const [path, content] = args as [string, Uint8Array | string];
      writeFileSync(path, content.slice(0, content.length >> 1), { flag: "wx" });
    }
    throw new Crash(`killed before call ${call}`);
  });
}

/** A disk that refuses one kind of call once `after` calls of that kind went well. */
export function refusingDisk(method: keyof Disk, code: string, after: number): FaultyDisk {
  let seen = 0;
  return wrappedDisk((_, name, [path]) => {
    if (name === method && seen++ >= after)
      throw Object.assign(new Error(`${code}: refused, ${name} '${path}'`), { code, syscall: name, path });
  });
}

export const countingDisk = (): FaultyDisk => wrappedDisk(() => undefined);

function wrappedDisk(before: (call: number, name: string, args: readonly unknown[]) => void): FaultyDisk {
  const calls: string[] = [];
  return new Proxy(nodeDisk as FaultyDisk, {
    get(disk, name: string) {
      if (name === "calls") return calls;
      if (name === "stamp") return disk.stamp; // a lock is touched by the clock: not a call that the next run makes as well
      return (...args: unknown[]) => {
        const call = calls.push([name, ...args.filter((arg) => typeof arg === "string")].join(" ")) - 1;
        before(call, name, args);
        return (disk as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!(...args);
      };
    },
  });
}
