import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { formatPath } from "../diagnostics/config-path.ts";
import type { Diagnostic, Position } from "../diagnostics/diagnostic.ts";
import { fault } from "./catalogue.ts";
import { displayPath, positionOf, SourceText } from "./source-text.ts";
import { failure, readText } from "./text-file.ts";

/** One document of somebody's own, as its applier will read it. */
interface ExtraDocument {
  /** Relative to the project. */
  path: string;
  /** A Kubernetes object, or a Terraform file in its JSON form. */
  content: unknown;
  position: Position;
}

/** What a folder of `extra` holds. */
export interface ExtraFolder {
  /** Relative to the project. */
  folder: string;
  documents: readonly ExtraDocument[];
  /** The files themselves, by path. */
  texts: ReadonlyMap<string, string>;
}

/** More than this is no folder of a few things beside the compiled ones. */
const MAX_FILES = 1000;
const MAX_BYTES = 5 * 2 ** 20;

/** How the files of a folder are read: which ones, and what each says. */
interface Language {
  name: string;
  files: RegExp;
  /** Files by which the applier would read the folder in another way, or in a language that is not judged here. */
  foreign: RegExp;
  read: (source: SourceText, cwd: string) => Promise<Reading>;
}

interface Reading {
  documents: { content: unknown; offset: number }[];
  /** What is wrong with it, and where. */
  problems: { message: string; offset: number }[];
}

const LANGUAGES: Record<"cluster" | "root", Language> = {
  cluster: {
    name: "Kubernetes manifests (.yaml, .yml, .json)",
    files: /\.(?:ya?ml|json)$/,
    foreign: /\.(?:jsonnet|libsonnet)$|^(?:kustomization\.ya?ml|Kustomization|Chart\.yaml|\.argocd-source.*\.yaml)$/,
    read: readManifests,
  },
  root: {
    name: "Terraform files (.tf, .tf.json)",
    files: /\.tf(?:\.json)?$/,
    foreign: /\.tofu(?:\.json)?$/,
    read: readTerraform,
  },
};

/**
 * Reads the folders that a config declares under `extra`; what is wrong with the declarations themselves is validate's
 * to say.
 */
export async function readExtra(
  root: string,
  config: unknown,
  cwd: string,
): Promise<{ folders: ExtraFolder[]; faults: Diagnostic[] }> {
  const folders: ExtraFolder[] = [];
  const faults: Diagnostic[] = [];
  for (const [index, { folder, kind }] of declared(config).entries()) {
    const at = formatPath(["extra", index, "folder"]);
    const found = await readFolder({ root, folder, language: LANGUAGES[kind], at, cwd });
    faults.push(...found.faults);
    folders.push({ folder, documents: found.documents, texts: found.texts });
  }
  return { folders, faults };
}

/** Entries of a form that can be read; others have no folder here and a finding later. */
function declared(config: unknown): { folder: string; kind: "cluster" | "root" }[] {
  const entries = (config as { extra?: unknown } | null | undefined)?.extra;
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: { folder?: unknown; root?: unknown } | null) => ({
    folder: typeof entry?.folder === "string" ? entry.folder : "",
    kind: entry?.root === undefined ? "cluster" : "root",
  }));
}

interface Reader {
  root: string;
  folder: string;
  language: Language;
  /** Config path of the folder. */
  at: string;
  cwd: string;
}

async function readFolder(reader: Reader): Promise<Omit<ExtraFolder, "folder"> & { faults: Diagnostic[] }> {
  const { root, folder, language, at, cwd } = reader;
  const documents: ExtraDocument[] = [];
  const texts = new Map<string, string>();
  if (folder === "" || folder.split("/").includes("..")) return { documents, texts, faults: [] };
  const { paths, problem } = filesBelow(root, folder, language);
  if (problem !== undefined) return { documents, texts, faults: [fault("load/extra", { at, ...problem })] };
  const faults: Diagnostic[] = [];
  for (const path of paths) {
    const file = join(root, path);
    const found = readText(file, MAX_BYTES) ?? failure("ENOENT");
    if (!("text" in found)) {
      faults.push(
        fault("load/extra", {
          at,
          message: `${path} ${found.problem}`,
          hint: found.hint,
          position: { file: displayPath(file, cwd), line: 1, column: 1 },
        }),
      );
      continue;
    }
    const source = new SourceText(file, found.text);
    texts.set(path, source.text);
    const { documents: read, problems } = await language.read(source, cwd);
    faults.push(
      ...problems.map(({ message, offset }) =>
        fault("load/extra", {
          at,
          message: `${path}: ${message}`,
          position: positionOf(source.span(offset, offset), cwd),
        }),
      ),
    );
    documents.push(
      ...read.map(({ content, offset }) => ({ path, content, position: positionOf(source.span(offset, offset), cwd) })),
    );
  }
  return { documents, texts, faults };
}

/** Every file that the applier reads, sorted; or why the folder cannot be read as it would. */
function filesBelow(
  root: string,
  folder: string,
  { name, files, foreign }: Language,
): { paths: string[]; problem?: { message: string; hint: string } } {
  const found: string[] = [];
  const refuse = (message: string, hint: string) => ({ paths: [], problem: { message, hint } });
  const queue = [folder];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    let entries;
    try {
      entries = readdirSync(join(root, path), { withFileTypes: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return refuse(
        code === "ENOENT" ? `there is no folder ${path}` : `${path} cannot be read: ${code}`,
        "correct the path: it is relative to the project's folder",
      );
    }
    for (const entry of entries) {
      const below = `${path}/${entry.name}`;
      if (entry.isSymbolicLink())
        return refuse(
          `${below} is a symbolic link`,
          "put the file or folder itself there: appliers refuse links, or follow them out of the folder",
        );
      if (entry.isDirectory()) queue.push(below);
      else if (!entry.isFile()) return refuse(`${below} is no ordinary file`, "take it away");
      else if (foreign.test(entry.name))
        return refuse(
          `${below} makes its applier read the folder in a way that cannot be judged here`,
          `write ${name}`,
        );
      else if (files.test(entry.name)) found.push(below);
    }
    if (found.length > MAX_FILES)
      return refuse(
        `${folder} has more than ${MAX_FILES} files`,
        "divide it into several folders, each with its own entry",
      );
  }
  return found.length === 0
    ? refuse(`${folder} has nothing to apply`, `put ${name} there, or delete the entry`)
    : { paths: found.sort((a, b) => (a < b ? -1 : 1)) };
}

/**
 * YAML as Kubernetes' own parser takes it, which is that of version 1.1; JSON is a part of it. The parser is brought
 * only where there is a folder.
 */
async function readManifests({ text }: SourceText): Promise<Reading> {
  const { parseAllDocuments } = await import("yaml");
  const parsed = parseAllDocuments(text.replace(/^\ufeff/, " "), {
    version: "1.1",
    merge: true,
    prettyErrors: false,
    stringKeys: true,
  });
  const reading: Reading = { documents: [], problems: [] };
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const offset = document.contents?.range?.[0] ?? document.range[0];
    reading.problems.push(...document.errors.map(({ message, pos }) => ({ message, offset: pos[0] })));
    if (document.errors.length > 0) continue;
    try {
      const content: unknown = document.toJS({ maxAliasCount: 100 });
      if (content !== null && content !== undefined)
        reading.documents.push(...itemsOf(content).map((item) => ({ content: item, offset })));
    } catch (error) {
      reading.problems.push({ message: (error as Error).message, offset }); // aliases that grow without end
    }
  }
  return reading;
}

/** A List is applied item by item. */
function itemsOf(content: unknown): unknown[] {
  const { kind, apiVersion, items } = content as { kind?: unknown; apiVersion?: unknown; items?: unknown };
  return kind === "List" && apiVersion === "v1" && Array.isArray(items) ? items : [content];
}

/** Where the parser of HCL says that a mistake is: `[main.tf:2,6-3,1: Invalid expression; ...]`. */
const HCL_PLACE = /\[?\S*?:([0-9]+),([0-9]+)-[0-9]+,[0-9]+: ([^]*?)\]?$/;

async function readTerraform(source: SourceText): Promise<Reading> {
  const whole = (content: unknown): Reading => ({ documents: [{ content, offset: 0 }], problems: [] });
  try {
    if (extname(source.file) === ".json") return whole(JSON.parse(source.text.replace(/^\ufeff/, "")));
    const { parse } = await import("@cdktn/hcl2json");
    return whole(await parse("main.tf", source.text));
  } catch (error) {
    const [, line, column, message] = HCL_PLACE.exec((error as Error).message) ?? [];
    return {
      documents: [],
      problems: [
        {
          message: message ?? (error as Error).message,
          offset: line === undefined ? 0 : source.offset(Number(line), Number(column)),
        },
      ],
    };
  }
}
