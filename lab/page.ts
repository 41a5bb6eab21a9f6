/** docs/conformance.md: which consumer judged what, how far that goes, and which generated files are left. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { groupBy } from "../compiler/4-check/placement.ts";
import { PACKAGE_ROOT } from "../compiler/package-root.ts";
import { LEVELS, type Recorded, type Row } from "./report.ts";

/** Every ecosystem of the repository whose output is committed: its name, and its folder relative to the repository. */
export const ECOSYSTEMS = { reference: "", "online-boutique": "examples/online-boutique/" } as const;

/** What people read and no system consumes. */
const FOR_PEOPLE = /(^|\/)README\.md$/;

interface Owned {
  file: string;
  target: string;
}

/** Every file that the compiler owns in an ecosystem, the manifest itself included. */
export function generatedFiles(folder: string): Owned[] {
  const manifest = join(folder, "generated/manifest.json");
  const { files } = JSON.parse(readFileSync(join(PACKAGE_ROOT, manifest), "utf8")) as {
    files: Record<string, { target: string }>;
  };
  delete files[""]; // its last line
  return Object.entries(files).map(([file, { target }]) => ({ file: `${folder}${file}`, target }));
}

export function unjudgedIn(recorded: readonly Recorded[]): string[] {
  const judged = new Set(recorded.flatMap(({ files }) => files));
  return Object.values(ECOSYSTEMS).flatMap((folder) =>
    generatedFiles(folder)
      .map(({ file }) => file)
      .filter((file) => !judged.has(file) && !FOR_PEOPLE.test(file)),
  );
}

/** The rows of the page that a text lacks. */
export const withoutRows = (text: string, recorded: readonly Recorded[]): string[] =>
  rowsOf(recorded)
    .map(line)
    .filter((row) => !text.includes(row));

export function pageOf(recorded: readonly Recorded[]): string {
  const unjudged = unjudgedIn(recorded);
  return [
    "# What the consumers say",
    "",
    "Made by `npm run lab -- test`: every line is what a real consumer of the compiler's output did in the [lab](lab.md). The lab has no containers, so each line",
    "claims its level and no more:",
    "",
    "- *schema*: parsed, and valid;",
    "- *admitted*: an API server took it, with the CEL rules of its CRDs, its policies and Pod Security;",
    "- *reconciled*: its controller acted on it;",
    "- *behaved*: its effect was seen on real processes or traffic.",
    "",
    ...table(["consumer", "version", "judged", "count", "level", "verdict"], rowsOf(recorded).map(line)),
    "",
    "## Which files were judged",
    "",
    "Every file that the compiler wrote for this repository's ecosystems, by the target that wrote it, with the consumers that judged it.",
    "",
    ...Object.entries(ECOSYSTEMS).flatMap(([name, folder]) => coverage(name, folder, recorded)),
    unjudged.length === 0
      ? "No file is without a judge."
      : ["Without a judge:", "", ...unjudged.map((file) => `- \`${file}\``)].join("\n"),
    "",
  ].join("\n");
}

function rowsOf(recorded: readonly Recorded[]): Required<Row>[] {
  const key = ({ consumer, judged, level }: Row): string => `${consumer}\0${LEVELS.indexOf(level)}\0${judged}`;
  return recorded.map(({ row }) => row).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

const line = ({ consumer, version, judged, count, level, verdict }: Required<Row>): string =>
  `| ${[consumer, version, judged, count, level, verdict].join(" | ")} |`;

const table = (columns: readonly string[], lines: readonly string[]): string[] => [
  `| ${columns.join(" | ")} |`,
  `|${"---|".repeat(columns.length)}`,
  ...lines,
];

function coverage(name: string, folder: string, recorded: readonly Recorded[]): string[] {
  const judges = new Map<string, Set<string>>();
  for (const { row, files } of recorded)
    for (const file of files) judges.set(file, (judges.get(file) ?? new Set()).add(row.consumer));
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
