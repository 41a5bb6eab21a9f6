import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileValue } from "./model/values.ts";

/**
 * What stands in a file, by its way from the file in which this is written: `file("conf/app.yaml")`. As it is, with the
 * end of its last line.
 */
export function file(path: string): FileValue {
  return unread(join(folderOfCaller(file), path));
}

/**
 * What stands in the files of a folder, each by its name: `files: folder("conf")`, or `{ ...folder("conf"), more: "…" }`.
 * Names that begin with a dot are left out: systems and editors write such.
 */
export function folder(path: string): { [name: string]: FileValue } {
  const place = join(folderOfCaller(folder), path);
  const names = namesIn(place).filter((name) => !name.startsWith("."));
  // A folder without files stands for itself, so that load says so, as it says all that is wrong with files.
  if (names.length === 0) return { [basename(place)]: unread(join(place, "/")) };
  return Object.fromEntries(names.sort((a, b) => (a < b ? -1 : 1)).map((name) => [name, unread(join(place, name))]));
}

/** Load makes the path one from the project's folder, and adds the text. */
const unread = (path: string): FileValue => ({ kind: "file", path }) as FileValue;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it is not there, or is no folder
  }
}

/** The folder of the file that calls this word. Callbacks of a built-in, as that of `map`, are called from no file. */
function folderOfCaller(word: (path: string) => unknown): string {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const place: { stack?: NodeJS.CallSite[] } = {};
  try {
    Error.stackTraceLimit = 10;
    Error.prepareStackTrace = (_, sites) => sites;
    Error.captureStackTrace(place, word);
    const caller = place.stack!.map((site) => site.getFileName()).find((name) => name && !name.startsWith("node:"));
    return dirname(caller!.startsWith("file:") ? fileURLToPath(caller!) : caller!);
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}
