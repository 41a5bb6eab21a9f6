import { readdirSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { formatPath, type PathSegment } from "../diagnostics/config-path.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { fault } from "./catalogue.ts";
import { readText, type Unreadable } from "./text-file.ts";

/** What `file()` has made, in the data of a config that nobody has validated yet. */
interface FileInData {
  kind: "file";
  path: string;
  text?: string;
}

/** Every file that a config takes the text of, and where. */
export function filesIn(config: unknown): { file: FileInData; path: PathSegment[] }[] {
  const layers = entriesAt(config, "services").flatMap(([service, value]) => [
    { value, path: ["services", service] },
    ...["in", "on"].flatMap((field) =>
      entriesAt(value, field).map(([place, value]) => ({ value, path: ["services", service, field, place] })),
    ),
  ]);
  return layers.flatMap(({ value, path }) =>
    ["env", "files"].flatMap((field) =>
      entriesAt(at(value, "config"), field).flatMap(([name, file]) =>
        isFile(file) ? [{ file, path: [...path, "config", field, name] }] : [],
      ),
    ),
  );
}

const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

const entriesAt = (value: unknown, key: string): [string, unknown][] => Object.entries(at(value, key) ?? {});

const isFile = (value: unknown): value is FileInData =>
  at(value, "kind") === "file" && typeof at(value, "path") === "string";

/**
 * Puts the texts of files beside their paths, and makes these the way from the project's folder, so that a config as data
 * is whole. Returns what is wrong with them.
 */
export function readFiles(config: unknown, root: string): Diagnostic[] {
  const files = filesIn(config);
  if (files.length === 0) return [];
  const realRoot = realpathSync(root);
  return files.flatMap(({ file, path }) => {
    const place = isAbsolute(file.path) ? file.path : join(root, file.path);
    // What the config imports is known by its real path, itself by the one that it was asked for.
    const ways = [root, realRoot].map((top) => relative(top, place).split(sep).join("/"));
    file.path = ways.find((way) => !isOutside(way)) ?? ways[0]!;
    const found = place.endsWith(sep) ? folderFault(place, file.path) : textOf(place, file.path, realRoot);
    if ("text" in found) file.text = found.text;
    return "text" in found ? [] : [fault("load/file", { at: formatPath(path), ...found })];
  });
}

interface Fault {
  message: string;
  hint: string;
}

const WRITTEN_FROM = "a path begins at the file that it is written in";

function textOf(place: string, name: string, realRoot: string): { text: string } | Fault {
  if (isOutside(name))
    return {
      message: `${name} lies outside of the project`,
      hint: "put it into the project: elsewhere there is only what is committed in it",
    };
  const found = readText(place);
  if (found === undefined) return missing("file", place, name);
  if (!("text" in found)) return unfit(name, found);
  return isOutside(relative(realRoot, realpathSync(place)))
    ? {
        message: `${name} is a link that leads out of the project`,
        hint: "put the file itself there: elsewhere there is only what is committed in the project",
      }
    : found;
}

const isOutside = (path: string): boolean => path === ".." || /^\.\.[/\\]/.test(path) || isAbsolute(path);

const missing = (what: "file" | "folder", place: string, name: string): Fault => ({
  message: `there is no ${what} ${name}`,
  hint: didYouMean(basename(place), namesIn(dirname(place))) ?? WRITTEN_FROM,
});

function unfit(name: string, { problem, is, hint }: Unreadable): Fault {
  if (is === "folder")
    return {
      message: `${name} is a folder, and the files of a service lie in one folder`,
      hint: `folder("${basename(name)}") takes each of its files by its name`,
    };
  if (is === "binary")
    return { message: `${name} ${problem}`, hint: "put it into the image, or on a volume: configuration is text" };
  return { message: `${name} ${problem}`, hint: hint ?? WRITTEN_FROM };
}

/** What is wrong with a folder that no file was found in. */
function folderFault(place: string, name: string): Fault {
  if (isOutside(name)) return { message: `${name} lies outside of the project`, hint: "put it into the project" };
  return readdir(place) === undefined
    ? missing("folder", place, name)
    : { message: `there is no file in ${name}`, hint: "put one there, or delete the call of folder()" };
}

const namesIn = (folder: string): string[] => readdir(folder) ?? [];

function readdir(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}
