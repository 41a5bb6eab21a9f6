import { isFolderReader, type FolderReader } from "../5-emit/read-folders.ts";
import { WITH_LOCK } from "../lock/tree.ts";
import { OUTPUT_ROOTS, pathJudge } from "./output-path.ts";

/** One owned file as the manifest records it. */
export interface ManifestEntry {
  target: string;
  /**
   * sha256 of the bytes that the compiler wrote there. More than one after a merge in which both sides changed the
   * file: what stands there then is what git made of them.
   */
  hashes: readonly string[];
}

/**
 * `generated/manifest.json`: which files the compiler owns, and which folders are read whole. Nothing in it changes
 * with every edit.
 */
export interface Manifest {
  generator: { name: string; version: string };
  files: ReadonlyMap<string, ManifestEntry>;
  /** Folders that an applier reads whole, with who reads them: a file there is applied, whoever wrote it. */
  folders: ReadonlyMap<string, FolderReader>;
}

const FORMAT_VERSION = WITH_LOCK;

/**
 * One line per file and folder, sorted, and a last line that never changes: edits of different services change
 * different lines, and git's `union` merge of lines that were added side by side is again a manifest, as is each line
 * by itself.
 */
export function formatManifest({ generator, files, folders }: Manifest): string {
  const entries = [...files.keys()]
    .sort()
    .flatMap((path) => formatEntries(files.get(path)!).map((entry) => line(path, entry)));
  const readers = [...folders.keys()].sort().map((path) => line(path, JSON.stringify(folders.get(path))));
  return `{
  "format_version": ${FORMAT_VERSION},
  "generator": ${JSON.stringify({ name: generator.name, version: generator.version })},
  "folders": {
${[...readers, LAST_LINE].join(",\n")}
  },
  "files": {
${[...entries, LAST_LINE].join(",\n")}
  }
}
`;
}

const line = (path: string, value: string): string => `    ${JSON.stringify(path)}: ${value}`;
/** The hashes are hexadecimal digits, which need no escapes. */
const formatEntries = ({ hashes, target }: ManifestEntry): string[] =>
  hashes.map((sha256) => `{"sha256":"${sha256}","target":${JSON.stringify(target)}}`);

/** No path is empty. Without it, adding an entry at the end would change the line before, for its comma. */
const LAST_LINE = line("", '"end"');

/** What a manifest on disk is worth. Only a valid one owns files; every other is rebuilt and deletes nothing. */
export interface ReadManifest {
  state: "missing" | "valid" | "conflicted" | "invalid";
  manifest?: Manifest;
  /** Why it is invalid, or which entries were ignored. */
  problem?: string;
  /** Entries of a manifest with conflict markers, both sides': such bytes were written by the compiler, not by hand. */
  conflicting: ReadonlyMap<string, ManifestEntry>;
}

export function readManifest(text: string | undefined, roots: readonly string[] = OUTPUT_ROOTS): ReadManifest {
  const conflicting = new Map<string, ManifestEntry>();
  if (text === undefined) return { state: "missing", conflicting };
  const lines = text.split("\n").map(readLine);
  const isConflicted = /^(?:<{7}|={7}|>{7})/m.test(text);
  const content =
    isConflicted || !lines.includes(undefined)
      ? contentOf(lines.filter((line) => line !== undefined))
      : jsonContent(text);
  if (content === undefined) return { state: "invalid", problem: "it is not the JSON of a manifest", conflicting };
  const { files, folders, ignored } = judged(content.entries, roots);
  if (isConflicted) return { state: "conflicted", conflicting: files };
  const { version, generator } = content;
  if (version === undefined) return { state: "invalid", problem: "it has no format_version", conflicting };
  const manifest: Manifest = { generator: readGenerator(generator), files, folders };
  if (version > FORMAT_VERSION)
    return { state: "invalid", problem: `it has format_version ${version}`, manifest, conflicting };
  return { state: "valid", manifest, problem: ignored, conflicting };
}

/** What a manifest says, nothing of it trusted yet. */
interface Content {
  version?: number;
  generator: unknown;
  /** About files and folders; several may be about one. */
  entries: readonly (readonly [path: string, value: unknown])[];
}

/** Key and value of a line; the braces around them are of no consequence. */
const KEYED = /^ *("(?:[^"\\]|\\.)*" *: *(?:\{.*\}|"[^"]*"|[0-9]+|null)) *,?\r?$/;
const BRACES = /^ *(?:[{}] *,?|"(?:files|folders)" *: *\{)?\r?$/;

/**
 * A line as the compiler writes it, its comma as a merge may leave it; undefined for any other, null for one without a
 * key.
 */
function readLine(text: string): readonly [key: string, value: unknown] | null | undefined {
  const keyed = KEYED.exec(text)?.[1];
  const parsed = keyed === undefined ? undefined : parseJson(`{${keyed}}`);
  return isRecord(parsed) ? Object.entries(parsed)[0] : BRACES.test(text) ? null : undefined;
}

/** Line by line: JSON.parse would keep the last of two lines about one path. */
function contentOf(lines: readonly (readonly [key: string, value: unknown] | null)[]): Content {
  const keyed = lines.filter((line) => line !== null);
  const header = (key: string) => keyed.filter(([name]) => name === key).map(([, value]) => value);
  return {
    version: header("format_version")
      .filter((value) => typeof value === "number")
      .sort((a, b) => b - a)[0],
    generator: header("generator").at(-1),
    entries: keyed.filter(([key]) => !HEADER.has(key)),
  };
}

const HEADER: ReadonlySet<string> = new Set(["format_version", "generator", "inputs_digest", ""]);

/** A manifest that something has laid out otherwise. */
function jsonContent(text: string): Content | undefined {
  const parsed = parseJson(text);
  if (!isRecord(parsed) || !isRecord(parsed["files"])) return undefined;
  const { format_version: version, generator, folders, files } = parsed;
  const entries = [folders, files]
    .filter(isRecord)
    .flatMap((section) => Object.entries(section))
    .filter(([path]) => path !== "");
  return { version: typeof version === "number" ? version : undefined, generator, entries };
}

/** What of it can be trusted. */
function judged(
  entries: Content["entries"],
  roots: readonly string[],
): { files: Map<string, ManifestEntry>; folders: Map<string, FolderReader>; ignored?: string } {
  const files = new Map<string, ManifestEntry>();
  const folders = new Map<string, FolderReader>();
  let ignored: string | undefined;
  const problemOf = pathJudge(roots);
  for (const [path, value] of entries) {
    const problem = problemOf(path);
    if (problem === undefined && isFolderReader(value)) folders.set(path, value);
    else if (problem === undefined && isEntry(value)) files.set(path, withHash(files.get(path), value));
    else ignored ??= `entry ${JSON.stringify(path)}: ${problem ?? "its entry is malformed"}`;
  }
  return { files, folders, ignored };
}

/** As it stands in the file. */
interface FileEntry {
  sha256: string;
  target: string;
}

const withHash = (known: ManifestEntry | undefined, { sha256, target }: FileEntry): ManifestEntry => ({
  target,
  hashes: [...new Set([...(known?.hashes ?? []), sha256])],
});

function readGenerator(value: unknown): Manifest["generator"] {
  const { name, version } = isRecord(value) ? value : {};
  return { name: String(name), version: String(version) };
}

function isEntry(value: unknown): value is FileEntry {
  return isRecord(value) && isSha256(value["sha256"]) && typeof value["target"] === "string";
}

export const isSha256 = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
