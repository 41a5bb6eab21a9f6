import type { Choice, Lock } from "./choices.ts";

export const LOCK_FILE = "ecosystem.lock.json";

/** Version of the file's format. */
const FORMAT = 1;

/**
 * One choice per line, in order of the paths, and a last line that never changes: an added choice touches no other
 * line, so that git's `union` merge of two branches is again a lock.
 */
export const formatLock = (lock: Lock): string =>
  `{\n  "format": ${FORMAT},\n  "choices": {\n${Object.keys(lock)
    .sort()
    .map((path) => `    ${JSON.stringify(path)}: ${JSON.stringify(lock[path])},\n`)
    .join("")}    "": "end"\n  }\n}\n`;

/** What is wrong with a line of a lock. */
interface LineFault {
  kind: "line" | "two-choices" | "newer" | "no-lock";
  message: string;
  /** From 1. */
  line: number;
}

export interface ReadLock {
  choices: Lock;
  faults: readonly LineFault[];
}

const KEYED = /^ *("(?:[^"\\]|\\.)*") *: *("(?:[^"\\]|\\.)*"|\[[^\]]*\]|-?\d+|true|false) *,?$/;
/** Braces, and what git puts around two sides. */
const AROUND = /^ *(?:[{}]+,?|"choices" *: *\{)?$|^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$/;

/**
 * Reads what `formatLock` has written, and what a merge leaves of it: lines in any order, without their commas, and
 * both sides of a conflict. Only one path with two values is more than a machine can settle.
 */
export function readLock(source: string): ReadLock {
  const choices = new Map<string, Choice>();
  const faults: LineFault[] = [];
  let format: number | undefined;
  for (const [index, text] of source
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1;
    const [, key, written] = KEYED.exec(text) ?? [];
    const entry = key === undefined ? undefined : parsed(`{${key}:${written}}`);
    if (entry === undefined) {
      if (!AROUND.test(text)) faults.push({ kind: "line", line, message: "this is no line of a lock" });
      continue;
    }
    const [path, value] = entry;
    if (path === "") continue;
    if (path === "format") {
      if (value !== FORMAT) faults.push({ kind: "newer", line, message: `the lock has format ${String(value)}` });
      format = FORMAT;
      continue;
    }
    const other = choices.get(path);
    if (other !== undefined && JSON.stringify(other) !== JSON.stringify(value))
      faults.push({
        kind: "two-choices",
        line,
        message: `${path} is ${JSON.stringify(value)} here and ${JSON.stringify(other)} above`,
      });
    else choices.set(path, value);
  }
  if (format === undefined && faults.length === 0)
    faults.push({ kind: "no-lock", line: 1, message: "it says no format" });
  return { choices: Object.fromEntries(choices), faults };
}

function parsed(text: string): [string, Choice] | undefined {
  try {
    return Object.entries(JSON.parse(text) as Record<string, Choice>)[0];
  } catch {
    return undefined;
  }
}
