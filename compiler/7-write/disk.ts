import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

export type Kind = "file" | "directory" | "symlink" | "other";

/** How the bytes at a path compare with those expected there. */
type Comparison = "same" | "different" | "missing" | "directory" | "symlink";

/**
 * All that the write phase does to the world, one call at a time, so that tests can stop it between any two.
 * Paths are absolute. Synchronous on purpose: for many small files that is the cheaper way in CPU.
 */
export interface Disk {
  /** What stands at a path itself, links not followed; undefined when nothing does. */
  kind(path: string): Kind | undefined;
  /** Undefined when there is no file. */
  read(path: string): Buffer | undefined;
  compare(path: string, expected: Uint8Array): Comparison;
  /** Names in a directory; none when there is no directory. */
  list(path: string): string[];
  /** A new file; an error when something stands there already. */
  create(path: string, content: Uint8Array | string): void;
  rename(from: string, to: string): void;
  /** A file; no error when it is gone already. */
  remove(path: string): void;
  /** With its parents; no error when it is there already. */
  makeDirectory(path: string): void;
  /** False when it is not empty or no directory; true when it is gone. */
  removeDirectory(path: string): boolean;
  /** Sets a file's time stamp, in seconds; false when there is no file. */
  stamp(path: string, seconds: number): boolean;
  /** A file's time stamp as it is now, whatever a network share remembers of it; undefined when there is no file. */
  stampOf(path: string): number | undefined;
}

export const errorCode = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;

const MISSING: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR"]);

/** The result of a call, or undefined when what it is about does not exist. */
function ifPresent<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (MISSING.has(errorCode(error))) return undefined;
    throw error;
  }
}

/** Never through a link at the last step, and no waiting for a writer when it is a pipe. Windows knows neither. */
const READ_ITSELF = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

let scratch = Buffer.allocUnsafe(64 * 1024);

export const nodeDisk: Disk = {
  kind(path) {
    const stats = ifPresent(() => lstatSync(path, { throwIfNoEntry: false })); // no exception for each path of a new tree
    if (stats === undefined) return undefined;
    return stats.isFile() ? "file" : stats.isDirectory() ? "directory" : stats.isSymbolicLink() ? "symlink" : "other";
  },

  read: (path) => ifPresent(() => readFileSync(path, { flag: READ_ITSELF as unknown as string })),

  compare(path, expected) {
    if (constants.O_NOFOLLOW === undefined && this.kind(path) === "symlink") return "symlink";
    let file: number | undefined;
    try {
      file = openSync(path, READ_ITSELF);
      return contains(file, expected) ? "same" : "different";
    } catch (error) {
      const code = errorCode(error);
      if (MISSING.has(code)) return "missing";
      if (code === "EISDIR") return "directory";
      if (code === "ELOOP" || code === "EMLINK") return "symlink"; // EMLINK: FreeBSD
      throw error;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  },

  list: (path) => ifPresent(() => readdirSync(path)) ?? [],

  // Mode 0644 less the user's umask, as git itself checks files out.
  create: (path, content) => writeFileSync(path, content, { flag: "wx", mode: 0o644 }),

  rename: (from, to) => renameSync(from, to),

  remove: (path) => void ifPresent(() => unlinkSync(path)),

  makeDirectory: makeFolder,

  removeDirectory(path) {
    try {
      rmdirSync(path);
      return true;
    } catch (error) {
      const code = errorCode(error);
      if (code === "ENOENT") return true;
      if (code === "ENOTEMPTY" || code === "EEXIST" || code === "ENOTDIR" || code === "EBUSY") return false;
      throw error;
    }
  },

  stamp(path, seconds) {
    try {
      utimesSync(path, seconds, seconds);
      return true;
    } catch (error) {
      return !GONE.has(errorCode(error)); // some file systems keep no times: then only a file that is gone is news
    }
  },

  stampOf(path) {
    try {
      closeSync(openSync(path, READ_ITSELF)); // NFS asks its server when a file is opened, and else every few seconds (nfs(5), "Close-to-open cache consistency")
    } catch {
      // another user's
    }
    const stats = ifPresent(() => lstatSync(path));
    return stats?.isFile() ? stats.mtimeMs : undefined;
  },
};

/** ESTALE: removed by another client of a network share. */
const GONE: ReadonlySet<string | undefined> = new Set([...MISSING, "ESTALE"]);

/**
 * A folder with its parents. Node's own `recursive` tries for ever where a folder that exists says that nothing can
 * exist in it, as those of `/proc` do; here each parent is tried once.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (isFolder(path)) return;
    if (errorCode(error) !== "ENOENT" || dirname(path) === path || isFolder(dirname(path))) throw error;
    makeFolder(dirname(path));
    makeFolder(path);
  }
}

const isFolder = (path: string): boolean => ifPresent(() => statSync(path))?.isDirectory() ?? false;

/** Reads one byte more than expected: three system calls per file, and no allocation. */
function contains(file: number, expected: Uint8Array): boolean {
  const wanted = expected.length + 1;
  if (scratch.length < wanted) scratch = Buffer.allocUnsafe(2 * wanted);
  let length = 0;
  while (length < wanted) {
    const count = readSync(file, scratch, length, wanted - length, null);
    if (count === 0) break;
    length += count;
  }
  return length === expected.length && scratch.compare(expected, 0, length, 0, length) === 0;
}
