/** What the suites have seen, from which `npm run lab -- test` makes docs/conformance.md. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { PACKAGE_ROOT } from "../compiler/package-root.ts";

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

/**
 * Notes what a suite has seen, once it has seen it: after its assertions. `files` are the generated files that were
 * judged. Outside of `npm run lab -- test` nothing is noted.
 */
export function record(row: Row, files: Iterable<string> = []): void {
  const folder = process.env["ECO_LAB_REPORT"];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const recorded: Recorded = { row: { verdict: "passed", ...row }, files: [...new Set([...files].map(inRepository))] };
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(recorded)}\n`);
}

const inRepository = (file: string): string =>
  file.startsWith(PACKAGE_ROOT) ? relative(PACKAGE_ROOT, file).split(sep).join("/") : file;

export const recordedIn = (folder: string): Recorded[] =>
  readdirSync(folder)
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"))
    .map((line) => JSON.parse(line) as Recorded);
