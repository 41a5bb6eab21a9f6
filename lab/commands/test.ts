import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import glob from "fast-glob";
import { PACKAGE_ROOT } from "../../compiler/package-root.ts";
import { runFiles, type Outcome } from "../../test/support/run-files.ts";
import { lastGreen, rememberGreen, unchanged, type Green } from "../record/green.ts";
import { consumerOf, SuiteInputs, type AskedQuestion } from "../record/inputs.ts";
import { notesIn } from "../record/notes.ts";
import { judgedIn, pageOf, unjudgedIn } from "../record/page.ts";
import {
  isOfToday,
  readRecord,
  readRecords,
  recordOf,
  removeOrphans,
  writeRecord,
  type SuiteRecord,
} from "../record/record.ts";
import { endLeftOvers } from "../run.ts";

const SUITES = "lab/conformance";
const PAGE = join(PACKAGE_ROOT, "docs/conformance.md");

export interface TestOptions {
  /** Only suites whose committed record is not of today's inputs. */
  stale?: boolean;
  /** Also suites whose inputs are those of their last green run on this machine. */
  all?: boolean;
}

/**
 * `npm run lab -- test [consumer...]`: the conformance suites. Each that passes leaves its record, from which
 * docs/conformance.md is made; in CI, where nothing is written, what was seen must be what a record of these inputs says.
 */
export async function testCommand(consumers: readonly string[], { stale, all }: TestOptions): Promise<void> {
  const inCi = process.env["CI"] === "true";
  const inputs = new SuiteInputs(PACKAGE_ROOT);
  const wanted = await wantedOf(consumers, stale, inputs);
  const same = all ? [] : await unchangedAmong(wanted, inputs);
  for (const { record, at, passed } of same)
    console.log(`same ${record.suite}  unchanged since ${at.slice(0, 10)}, when ${passed} passed`);
  const suites = wanted.filter((suite) => !same.some(({ record }) => record.suite === suite)).sort(byLength);

  const folder = mkdtempSync(join(tmpdir(), "eco-notes-"));
  const notesOf = (suite: string): string => join(folder, suite.replaceAll("/", "--"));
  const commit = execFileSync("git", ["rev-parse", "--short=10", "HEAD"], {
    cwd: PACKAGE_ROOT,
    encoding: "utf8",
  }).trim();
  const records: SuiteRecord[] = [];
  // Each as soon as it is there, so that a run that is interrupted has not been for nothing.
  const keep = (record: SuiteRecord): void => {
    records.push(record);
    if (!inCi) writeRecord(PACKAGE_ROOT, record);
  };
  for (const { record } of same) keep(record);
  const after = async (outcome: Outcome): Promise<string | undefined> => {
    endLeftOvers();
    const { file: suite, failed, skipped } = outcome;
    const { recorded, tools, reads, ...notes } = notesIn(notesOf(suite));
    const missed = inputs.missed(suite, reads);
    if (missed.length > 0)
      return `read, and named in no inputs.json beside what the suite is made of: ${missed.join(", ")}`;
    if (failed + skipped > 0) return undefined;
    const asked = notes.asked as AskedQuestion[];
    const unsteady = await inputs.unsteady(asked);
    if (unsteady.length > 0)
      return `asked again, the compiler has another answer, by a clock, a random name, or an edit while the suites ran: ${unsteady.map((question) => JSON.stringify(question)).join(", ")}`;
    const questions = asked.map(({ question }) => question);
    const record = recordOf(
      { suite, commit, inputs: await inputs.of(suite, { tools, questions }), tools, questions },
      recorded,
    );
    rememberGreen(record, outcome);
    keep(record);
    return undefined;
  };
  try {
    endLeftOvers();
    const outcomes = await runFiles(suites, {
      parallel: atOnce(),
      alone: (file) => file === BY_THE_SECOND,
      minutes: 45,
      preload: [join(PACKAGE_ROOT, "lab/record/trace.ts")],
      env: (suite) => ({ ECO_LAB_NOTES: notesOf(suite) }),
      after,
    });
    if (outcomes.some(({ failed }) => failed > 0)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (inCi) await compareRecords(records, inputs);
  else {
    removeOrphans(PACKAGE_ROOT);
    writeFileSync(PAGE, pageOf(await judgedIn(PACKAGE_ROOT, inputs)));
  }
  if (consumers.length === 0 && !stale) demandJudges([...readRecords(PACKAGE_ROOT), ...records]);
}

/** With `stale`, those whose committed record is not of today's inputs. */
async function wantedOf(
  consumers: readonly string[],
  stale: boolean | undefined,
  inputs: SuiteInputs,
): Promise<string[]> {
  const suites = suitesOf(consumers);
  const records = suites.map((suite) => readRecord(PACKAGE_ROOT, suite));
  const greens = suites.map((suite) => lastGreen(suite)?.record);
  await inputs.ask([...records, ...greens].flatMap((record) => record?.questions ?? []));
  if (!stale) return suites;
  const isCurrent = await Promise.all(records.map((record) => record !== undefined && isOfToday(record, inputs)));
  return suites.filter((_, index) => !isCurrent[index]);
}

const unchangedAmong = async (suites: readonly string[], inputs: SuiteInputs): Promise<Green[]> =>
  (await Promise.all(suites.map((suite) => unchanged(suite, inputs)))).filter((green) => green !== undefined);

function demandJudges(records: readonly SuiteRecord[]): void {
  const unjudged = unjudgedIn(records);
  if (unjudged.length === 0) return;
  console.error(`no consumer has judged\n${unjudged.map((file) => `  ${file}`).join("\n")}`);
  process.exitCode = 1;
}

function suitesOf(consumers: readonly string[]): string[] {
  const known = readdirSync(join(PACKAGE_ROOT, SUITES), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const strangers = consumers.filter((name) => !known.includes(name));
  if (strangers.length > 0) throw new Error(`no suite for ${strangers.join(", ")}; there are ${known.join(", ")}`);
  const folders = consumers.length > 0 ? consumers : known;
  return glob
    .sync(
      folders.map((name) => `${SUITES}/${name}/**/*.lab.ts`),
      { cwd: PACKAGE_ROOT },
    )
    .sort();
}

/** Longest first, as far as their last runs tell, so that none is left to run by itself at the end. */
const byLength = (a: string, b: string): number => secondsOf(b) - secondsOf(a) || (a < b ? -1 : 1);
const secondsOf = (suite: string): number => lastGreen(suite)?.seconds ?? 0;

/** Scores of analyses whose windows are seconds: what is late there is no longer what the config says. */
const BY_THE_SECOND = "lab/conformance/argo-rollouts/releases.lab.ts";

/** Suites mostly wait for controllers. Each has a control plane or two and what consumes the output, of some GiB. */
const atOnce = (): number => Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / (8 * 2 ** 30))));

/** A record of the same inputs that says otherwise is no record of what the suite sees. */
async function compareRecords(records: readonly SuiteRecord[], inputs: SuiteInputs): Promise<void> {
  for (const seen of records) {
    const committed = readRecord(PACKAGE_ROOT, seen.suite);
    if (committed === undefined || !(await isOfToday(committed, inputs))) continue;
    if (JSON.stringify([committed.rows, committed.judged]) === JSON.stringify([seen.rows, seen.judged])) continue;
    console.error(
      `${seen.suite} has seen other things than its record says: npm run lab -- test --all ${consumerOf(seen.suite)} writes it anew`,
    );
    process.exitCode = 1;
  }
}
