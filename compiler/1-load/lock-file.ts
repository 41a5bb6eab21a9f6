import { closeSync, openSync, readSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { lockFault } from "../lock/catalogue.ts";
import type { Locked } from "../lock/choices.ts";
import { LOCK_FILE, readLock } from "../lock/file.ts";
import { MANIFEST_PATH, WITH_LOCK } from "../lock/tree.ts";
import { readJson } from "./json-file.ts";
import { positionOf } from "./source-text.ts";

export interface LoadedLock {
  locked: Locked;
  faults: readonly Diagnostic[];
}

/** Beside the config, relative to the project; in the project's folder where the config lies outside of it. */
export function lockPath(root: string, configFile: string): string {
  const folder = configFile === "" ? "" : relative(root, dirname(configFile)).split(sep).join("/");
  return folder === "" || folder.startsWith("..") || isAbsolute(folder) ? LOCK_FILE : `${folder}/${LOCK_FILE}`;
}

/** What was chosen before: the lock beside the config, or what the tree under `root` says of there being one. */
export function loadLock(configFile: string, root: string, cwd: string): LoadedLock {
  const file = join(root, lockPath(root, configFile));
  const source = readJson(file, { input: "lock", name: LOCK_FILE, cwd });
  if (source === undefined) return withoutLock(manifestFormat(root));
  const { choices, faults } = readLock(source.text);
  return {
    locked: { choices, origin: "lock" },
    faults: faults.map(({ kind, message, line }) => {
      const start = source.offset(line, 1);
      const position = positionOf(source.span(start, source.offset(line + 1, 1) - 1), cwd);
      return kind === "two-choices"
        ? lockFault("lock/two-choices", {
            at: "",
            message,
            hint: "delete the line of the one that is not applied; where none is, either",
            position,
          })
        : lockFault("lock/unreadable", {
            at: "",
            message,
            hint: `repair it, or take the file of the main branch: git checkout origin/main -- ${LOCK_FILE}`,
            position,
          });
    }),
  };
}

/** Findings about choices with their lines. */
export function locateChoices(
  diagnostics: readonly Diagnostic[],
  { configFile, root, cwd }: { configFile: string; root: string; cwd: string },
): readonly Diagnostic[] {
  const isOpen = ({ input, position }: Diagnostic): boolean => input === "lock" && position === undefined;
  if (!diagnostics.some(isOpen)) return diagnostics;
  const source = readJson(join(root, lockPath(root, configFile)), { input: "lock", name: LOCK_FILE, cwd });
  if (source === undefined) return diagnostics;
  return diagnostics.map((diagnostic) => {
    const key = `${JSON.stringify(diagnostic.at)}:`;
    const start = source.text.indexOf(key);
    if (!isOpen(diagnostic) || start < 0) return diagnostic;
    const [line] = source.text.slice(start).split(/\r?\n/, 1) as [string];
    return { ...diagnostic, position: positionOf(source.span(start, start + line.length), cwd) };
  });
}

function withoutLock(format: number | undefined): LoadedLock {
  if (format === undefined) return { locked: { choices: {}, origin: "new" }, faults: [] };
  const locked: Locked = { choices: {}, origin: "unlocked" };
  if (format < WITH_LOCK) return { locked, faults: [] };
  const fault = lockFault("lock/missing", {
    at: "",
    message: `there is no ${LOCK_FILE}, and ${MANIFEST_PATH} was written with one`,
    hint: `bring it back: git log --diff-filter=D -- ${LOCK_FILE} names the commit that deleted it, git checkout <commit>~1 -- ${LOCK_FILE} takes the file from before`,
  });
  return { locked, faults: [{ ...fault, position: { file: LOCK_FILE, line: 1, column: 1 }, frame: "" }] };
}

/** Where the format is said; a manifest has a line for each file. */
const HEAD_BYTES = 2048;

/** The format of the manifest under `root`; undefined where there is none that says one. */
function manifestFormat(root: string): number | undefined {
  const head = Buffer.alloc(HEAD_BYTES);
  try {
    const file = openSync(join(root, MANIFEST_PATH), "r");
    try {
      readSync(file, head, 0, HEAD_BYTES, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined; // the write phase says what is wrong with it
  }
  const formats = [...head.toString("utf8").matchAll(/"format_version": ?(\d+)/g)].map(([, format]) => Number(format));
  return formats.length === 0 ? undefined : Math.max(...formats);
}
