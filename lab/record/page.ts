/**
 * docs/conformance.md, made from the suites' records: which consumer judged what, how far that goes, and which
 * generated files are left.
 */
import { groupBy } from "../../compiler/facts/placement.ts";
import { ECOSYSTEMS, generatedFiles } from "../ecosystems.ts";
import { SuiteInputs } from "./inputs.ts";
import { LEVELS, type Row } from "./notes.ts";
import { isOfToday, readRecords, type SuiteRecord } from "./record.ts";

/** A record, and whether what it was run on is as it was. */
export interface Judged extends Pick<SuiteRecord, "rows" | "judged" | "commit"> {
  isStale: boolean;
}

/** The records of a work tree, held to its files. */
export async function judgedIn(root: string, inputs = new SuiteInputs(root)): Promise<Judged[]> {
  const records = readRecords(root);
  await inputs.ask(records.flatMap(({ questions }) => questions));
  return Promise.all(records.map(async (record) => ({ ...record, isStale: !(await isOfToday(record, inputs)) })));
}

/** What people read and no system consumes. */
const FOR_PEOPLE = /(^|\/)README\.md$/;

export function unjudgedIn(all: readonly Pick<SuiteRecord, "judged">[]): string[] {
  const judged = new Set(all.flatMap(({ judged }) => Object.values(judged).flat()));
  const owned = Object.values(ECOSYSTEMS).flatMap((folder) => generatedFiles(folder).map(({ file }) => file));
  return owned.filter((file) => !judged.has(file) && !FOR_PEOPLE.test(file));
}

export function pageOf(all: readonly Judged[]): string {
  const unjudged = unjudgedIn(all);
  return [
    "# What the consumers say",
    "",
    "Made from the records in `lab/records/`, one of each suite: every line is what a real consumer of the compiler's output did in the [lab](lab.md) when",
    "its suite last ran. A line whose suite's sources, judged files or tools have changed since says so instead of a verdict; `npm run lab -- test --stale`",
    "runs these suites. The lab has no containers, so each line claims its level and no more:",
    "",
    "- *schema*: parsed, and valid;",
    "- *admitted*: an API server took it, with the CEL rules of its CRDs, its policies and Pod Security;",
    "- *reconciled*: its controller acted on it;",
    "- *behaved*: its effect was seen on real processes or traffic.",
    "",
    ...table(["consumer", "version", "judged", "count", "level", "verdict"], rowsOf(all).map(line)),
    "",
    "## Which files were judged",
    "",
    "Every file that the compiler wrote for this repository's ecosystems, by the target that wrote it, with the consumers that judged it.",
    "",
    ...Object.entries(ECOSYSTEMS).flatMap(([name, folder]) => coverage(name, folder, all)),
    unjudged.length === 0
      ? "No file is without a judge."
      : ["Without a judge:", "", ...unjudged.map((file) => `- \`${file}\``)].join("\n"),
    "",
  ].join("\n");
}

function rowsOf(all: readonly Judged[]): Required<Row>[] {
  const key = ({ consumer, judged, level }: Row): string => `${consumer}\0${LEVELS.indexOf(level)}\0${judged}`;
  return all
    .flatMap(({ rows, isStale, commit }) =>
      isStale ? rows.map((row) => ({ ...row, verdict: `not run since ${commit}` })) : rows,
    )
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const line = ({ consumer, version, judged, count, level, verdict }: Required<Row>): string =>
  `| ${[consumer, version, judged, count, level, verdict].join(" | ")} |`;

const table = (columns: readonly string[], lines: readonly string[]): string[] => [
  `| ${columns.join(" | ")} |`,
  `|${"---|".repeat(columns.length)}`,
  ...lines,
];

function coverage(name: string, folder: string, all: readonly Judged[]): string[] {
  const judges = new Map<string, Set<string>>();
  for (const [consumer, files] of all.flatMap(({ judged }) => Object.entries(judged)))
    for (const file of files) judges.set(file, (judges.get(file) ?? new Set()).add(consumer));
  const targets = groupBy(generatedFiles(folder), ({ target, file }) =>
    FOR_PEOPLE.test(file) ? "read by people" : target,
  );
  const lines = [...targets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([target, files]) => {
      const judged = files.filter(({ file }) => judges.has(file));
      const consumers = [...new Set(judged.flatMap(({ file }) => [...judges.get(file)!]))].sort();
      return `| ${target} | ${files.length} | ${judged.length} | ${consumers.join(", ")} |`;
    });
  return [`### ${name}`, "", ...table(["target", "files", "judged", "by"], lines), ""];
}
