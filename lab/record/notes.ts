/** What a suite notes while it runs: what it has seen, which tools it asked for, and which files it read. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";

/**
 * What was proven, from little to much. *schema*: parsed and valid. *admitted*: an API server took it, with CEL rules,
 * policies and Pod Security. *reconciled*: its controller acted on it. *behaved*: an effect on real processes or
 * traffic.
 */
export type Level = "schema" | "admitted" | "reconciled" | "behaved";
export const LEVELS: readonly Level[] = ["schema", "admitted", "reconciled", "behaved"];

export interface Row {
  /** The system that judged, as its makers call it. */
  consumer: string;
  version: string;
  /** What was judged and what was seen of it, in words that go no further than the level. */
  judged: string;
  /** How many objects, files or cases. */
  count: number;
  level: Level;
  /** Default: `passed`. Anything else says what did not, or by whose schema. */
  verdict?: string;
}

export interface Recorded {
  row: Required<Row>;
  /** Generated files that were judged, relative to the repository. */
  files: string[];
}

export interface Notes {
  recorded: Recorded[];
  /** Executables of versions.json, and Go modules. */
  tools: string[];
  /** What was asked of the compiler, each question once for each answer. */
  asked: Asked[];
  /** Files and folders of the repository, relative to it. */
  reads: string[];
}

export interface Asked {
  /** Plain data, as lab/compiled/questions.ts has it. */
  question: unknown;
  /** Of the answer. */
  digest: string;
}

type Note = Recorded | Asked | { tool: string } | { reads: string[] };

/**
 * Notes what a suite has seen, once it has seen it: after its assertions. `files` are the generated files that were
 * judged. Outside of `npm run lab -- test` nothing is noted.
 */
export const record = (row: Row, files: Iterable<string> = []): void =>
  note({ row: { verdict: "passed", ...row }, files: [...new Set([...files].map(inRepository))] });

const inRepository = (file: string): string =>
  file.startsWith(PACKAGE_ROOT) ? relative(PACKAGE_ROOT, file).split(sep).join("/") : file;

/** A tool or a Go module that the suite's result depends on. */
export const noteTool = (tool: string): void => note({ tool });

/** What the suite has asked the compiler, and the digest of the answer: see lab/compiled/. */
export const noteAsked = (question: unknown, digest: string): void => note({ question, digest });

export const noteReads = (paths: Iterable<string>): void => note({ reads: [...paths].map(inRepository).sort() });

function note(said: Note): void {
  const folder = process.env["ECO_LAB_NOTES"];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(said)}\n`);
}

/** What the processes of a suite have noted. */
export function notesIn(folder: string): Notes {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const notes = names
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"))
    .map((line) => JSON.parse(line) as Note);
  return {
    recorded: notes.filter((said): said is Recorded => "row" in said),
    tools: sorted(notes.flatMap((said) => ("tool" in said ? [said.tool] : []))),
    asked: sorted(notes.flatMap((said) => ("question" in said ? [JSON.stringify(said)] : []))).map(
      (text) => JSON.parse(text) as Asked,
    ),
    reads: sorted(notes.flatMap((said) => ("reads" in said ? said.reads : []))),
  };
}

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
