/** The committed record of each suite: what it was run on, and what it has seen. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import glob from "fast-glob";
import { consumerOf, type AskedFor, type Inputs, type SuiteInputs } from "./inputs.ts";
import type { Recorded, Row } from "./notes.ts";

export interface SuiteRecord extends AskedFor {
  /** Its file, relative to the repository. */
  suite: string;
  /** The commit that it ran on, or on whose changes. */
  commit: string;
  /** Of that run. Absent where they were not yet taken: then nothing is known to be as it was. */
  inputs?: Inputs;
  rows: readonly Required<Row>[];
  /** The generated files that each consumer judged, relative to the repository. */
  judged: Readonly<Record<string, readonly string[]>>;
}

/** Of the repository's folder. */
const RECORDS = "lab/records";

const recordFile = (suite: string): string => join(RECORDS, consumerOf(suite), `${basename(suite, ".lab.ts")}.json`);

export function recordOf(
  run: Pick<SuiteRecord, "suite" | "commit" | "inputs" | "tools" | "questions">,
  recorded: readonly Recorded[],
): SuiteRecord {
  const judged = new Map<string, Set<string>>();
  for (const { row, files } of recorded)
    if (files.length > 0) judged.set(row.consumer, new Set([...(judged.get(row.consumer) ?? []), ...files]));
  const key = ({ consumer, level, judged }: Row): string => `${consumer}\0${judged}\0${level}`;
  return {
    ...run,
    rows: recorded.map(({ row }) => row).sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    judged: Object.fromEntries([...judged].sort().map(([consumer, files]) => [consumer, [...files].sort()])),
  };
}

export const readRecords = (root: string): SuiteRecord[] =>
  glob
    .sync(`${RECORDS}/*/*.json`, { cwd: root })
    .sort()
    .map((file) => whole(JSON.parse(readFileSync(join(root, file), "utf8")) as SuiteRecord));

export function readRecord(root: string, suite: string): SuiteRecord | undefined {
  const file = join(root, recordFile(suite));
  return existsSync(file) ? whole(JSON.parse(readFileSync(file, "utf8")) as SuiteRecord) : undefined;
}

/** A record that is older than the questions has asked none, and lacks the input that would be theirs. */
export const whole = (record: SuiteRecord): SuiteRecord => ({ ...record, questions: record.questions ?? [] });

/** Leaves a record alone that says the same, so that a second run changes no file. */
export function writeRecord(root: string, record: SuiteRecord): void {
  const before = readRecord(root, record.suite);
  if (before !== undefined && textOf({ ...before, commit: record.commit }) === textOf(record)) return;
  const file = join(root, recordFile(record.suite));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, textOf(record));
}

/** Takes away the records of suites that are no more. */
export function removeOrphans(root: string): void {
  for (const { suite } of readRecords(root))
    if (!existsSync(join(root, suite))) rmSync(join(root, recordFile(suite)), { force: true });
}

const textOf = (record: SuiteRecord): string => `${JSON.stringify(record, null, 1)}\n`;

/** In which of its inputs a record is not of today. */
export function changedIn({ inputs }: SuiteRecord, now: Inputs): (keyof Inputs)[] {
  const all = Object.keys(now) as (keyof Inputs)[];
  return all.filter((part) => inputs?.[part] !== now[part]);
}

/** Whether what a record was run on is as it was. */
export const isOfToday = async (record: SuiteRecord, inputs: SuiteInputs): Promise<boolean> =>
  changedIn(record, await inputs.of(record.suite, record)).length === 0;
