import { OUTPUT_ROOTS, pathJudge } from "./output-path.ts";

/** One owned file as the manifest records it. */
export interface ManifestEntry {
  sha256: string;
  target: string;
  /** Config paths it comes from; the first is the main one. */
  sources: readonly string[];
}

export interface Manifest {
  generator: { name: string; version: string };
  /** Of the inputs that the whole tree comes from; null when targets were written from different inputs. */
  inputsDigest: string | null;
  files: ReadonlyMap<string, ManifestEntry>;
}

export const FORMAT_VERSION = 1;

/**
 * One line per file, sorted by path: a changed file is one changed line in a diff, two branches only conflict where
 * they changed the same file, and after a conflict each line can still be read by itself.
 */
export function formatManifest({ generator, inputsDigest, files }: Manifest): string {
  const paths = [...files.keys()].sort();
  const lines = paths.map((path) => `    ${JSON.stringify(path)}: ${formatEntry(files.get(path)!)}`);
  return `{
  "format_version": ${FORMAT_VERSION},
  "generator": ${JSON.stringify({ name: generator.name, version: generator.version })},
  "inputs_digest": ${JSON.stringify(inputsDigest)},
  "files": {${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}}
}
`;
}

const formatEntry = ({ sha256, target, sources }: ManifestEntry): string => JSON.stringify({ sha256, target, sources });

/** What a manifest on disk is worth. Only a valid one owns files; every other is rebuilt and deletes nothing. */
export interface ReadManifest {
  state: "missing" | "valid" | "conflicted" | "invalid";
  manifest?: Manifest;
  /** Why it is invalid, or which entries were ignored. */
  problem?: string;
  /** Hashes that either side of a conflict recorded: such bytes were written by the compiler, not by hand. */
  conflicting: ReadonlyMap<string, readonly string[]>;
}

export function readManifest(text: string | undefined, roots: readonly string[] = OUTPUT_ROOTS): ReadManifest {
  const conflicting = new Map<string, readonly string[]>();
  if (text === undefined) return { state: "missing", conflicting };
  if (/^(?:<{7}|={7}|>{7})/m.test(text)) return { state: "conflicted", conflicting: hashesOfLines(text, roots) };
  const parsed = parseJson(text);
  if (!isRecord(parsed) || !isRecord(parsed["files"])) return { state: "invalid", problem: "it is not the JSON of a manifest", conflicting };
  if (parsed["format_version"] !== FORMAT_VERSION) return { state: "invalid", problem: "it has another format_version", conflicting };
  const digest = parsed["inputs_digest"];
  const { files, ignored } = readFiles(parsed["files"], roots);
  const manifest: Manifest = { generator: readGenerator(parsed["generator"]), inputsDigest: typeof digest === "string" ? digest : null, files };
  return { state: "valid", manifest, problem: ignored, conflicting };
}

function readFiles(entries: Record<string, unknown>, roots: readonly string[]): { files: Map<string, ManifestEntry>; ignored?: string } {
  const files = new Map<string, ManifestEntry>();
  let ignored: string | undefined;
  const problemOf = pathJudge(roots);
  for (const [path, entry] of Object.entries(entries)) {
    const problem = problemOf(path) ?? (isEntry(entry) ? undefined : "its entry is malformed");
    if (problem === undefined) files.set(path, entry as ManifestEntry);
    else ignored ??= `entry ${JSON.stringify(path)}: ${problem}`;
  }
  return { files, ignored };
}

/** The entries of a file with conflict markers, line by line. */
function hashesOfLines(text: string, roots: readonly string[]): Map<string, readonly string[]> {
  const hashes = new Map<string, readonly string[]>();
  const problemOf = pathJudge(roots);
  for (const [line] of text.matchAll(/^ {4}".*\}(?=,?$)/gm)) {
    const [[path, entry] = ["", undefined]] = Object.entries((parseJson(`{${line}}`) as Record<string, unknown> | undefined) ?? {});
    if (isEntry(entry) && problemOf(path) === undefined) hashes.set(path, [...(hashes.get(path) ?? []), entry.sha256]);
  }
  return hashes;
}

function readGenerator(value: unknown): Manifest["generator"] {
  const { name, version } = isRecord(value) ? value : {};
  return { name: String(name), version: String(version) };
}

function isEntry(value: unknown): value is ManifestEntry {
  if (!isRecord(value)) return false;
  const { sha256, target, sources } = value;
  return isSha256(sha256) && typeof target === "string" && Array.isArray(sources) && sources.every((source) => typeof source === "string");
}

export const isSha256 = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
