import { lstatSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DiagnosticError } from "../diagnostics/diagnostic.ts";
import { nearest } from "../diagnostics/suggest.ts";
import { stop } from "./catalogue.ts";
import { unreadable } from "./json-file.ts";
import type { Program } from "./program/protocol.ts";
import { displayPath } from "./source-text.ts";
import { readText } from "./text-file.ts";

/** In order of preference: the TypeScript source comes before what tsc may have made of it. */
const CONFIG_FILES = [
  "ecosystem.config.ts",
  "ecosystem.config.mts",
  "ecosystem.config.js",
  "ecosystem.config.mjs",
] as const;

/** The absolute path of the config: the one that was asked for, or the first of the usual names in `root`. */
export function findConfig(root: string, asked: string | undefined, cwd: string): string {
  const candidates = (asked === undefined ? CONFIG_FILES : [asked]).map((name) => resolve(root, name));
  return candidates.find(exists) ?? missing(candidates[0]!, asked !== undefined, cwd);
}

/** The config's source; a {@link DiagnosticError} when it is no text. */
export function readConfig({ configFile, cwd, sources }: Program): string {
  const given = sources?.[configFile];
  if (given !== undefined) return given;
  const found = readText(configFile) ?? { problem: "does not exist any more" };
  if ("text" in found) return found.text;
  throw new DiagnosticError([unreadable("load/unreadable", configFile, found, { name: basename(configFile), cwd })]);
}

function missing(wanted: string, asked: boolean, cwd: string): never {
  const name = basename(wanted);
  const close = nearest(name, filesIn(dirname(wanted)));
  const above = asked ? undefined : inParentFolder(dirname(wanted));
  let hint = "run `eco-compile init` to write one, or name another with --config";
  if (above !== undefined) hint = `there is one in ${displayPath(dirname(above), cwd) || "."}: run there`;
  if (close !== undefined) hint = `did you mean ${close}?`;
  stop("load/config-missing", { message: `${displayPath(wanted, cwd)} does not exist`, hint });
}

function inParentFolder(folder: string): string | undefined {
  for (let parent = dirname(folder); ; parent = dirname(parent)) {
    const found = CONFIG_FILES.map((name) => join(parent, name)).find(exists);
    if (found !== undefined || parent === dirname(parent)) return found;
  }
}

/** Whatever it is: reading it says what is wrong with it. */
function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // below a file, or with a name that no file can have
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // the folder is missing as well
  }
}
