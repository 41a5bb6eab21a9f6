/** Writes `docs/checks/`: one page for every id of the catalogue, from its own texts and the examples beside it. */
import { existsSync, readFileSync } from "node:fs";
import { catalogue, type CatalogueEntry } from "../../compiler/judgement/catalogue.ts";
import type { Severity } from "../../compiler/diagnostics/diagnostic.ts";

export function generate(): Map<string, string> {
  const entries = catalogue();
  const pages = entries.map((entry) => [`docs/checks/${entry.id}.md`, page(entry)] as const);
  return new Map([...pages, ["docs/checks/README.md", overview(entries)]]);
}

/**
 * Where the examples of an id are: beside its check, in the core or in a target, or among those of the other phases.
 */
export function examplesOf(id: string): string | undefined {
  const [group, rule] = id.split("/");
  const places = [
    `compiler/4-check/${id}.md`,
    `compiler/targets/${group}/checks/${rule}.md`,
    `compiler/targets/${group}/${rule}.md`,
    `compiler/diagnostics/examples/${id}.md`,
  ];
  return places.find((place) => existsSync(place));
}

/** What the config may do about it. */
const levelText = (floor: string | undefined): string =>
  floor === undefined
    ? "`checks` of the config sets its level, and `ignore` accepts single findings, with a reason."
    : `Its level cannot be lowered: ${floor}.`;

const SEVERITIES: Record<Severity, string> = {
  error: "**Error:** nothing is written.",
  warning: "**Warning:** the output is written; look at it before you merge.",
  info: "**Note:** nothing is wrong.",
};

/** At the end: `eco-compile explain` prints these pages. */
const NOTICE = "<!-- Made by `npm run gen`. Do not edit. -->\n";

function page({ id, severity, summary, why, floor }: CatalogueEntry): string {
  const source = examplesOf(id);
  if (source === undefined)
    throw new Error(`${id} has no examples: write compiler/4-check/${id}.md, or the like of it`);
  const examples = readFileSync(source, "utf8")
    .replace(/^<!-- at: .*-->\n/m, "")
    .trim();
  return `# ${id}\n\n${sentence(summary)}\n\n${SEVERITIES[severity]} ${levelText(floor)}\n\n## Why\n\n${sentence(why)}\n\n${examples}\n\n${NOTICE}`;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function overview(entries: readonly CatalogueEntry[]): string {
  const rows = entries.map(
    ({ id, severity, summary, floor }) =>
      `| [${id}](${id}.md) | ${severity}${floor === undefined ? "" : ", always"} | ${summary} |`,
  );
  return `# Diagnostics

Everything that eco-compile may say about an ecosystem: ${entries.length} diagnostics. \`npx eco-compile explain <id>\` prints the page of one.
The config sets levels by \`checks\`, and accepts single findings by \`ignore\`, each with its reason ([levels](../levels.md)).
Ids are stable and never used for something else. The examples are fragments of an \`ecosystem.config.ts\`; they run with the tests, so that each
bad one has exactly the finding that its page is about, and each good one none.

| id | severity | rule |
|---|---|---|
${rows.join("\n")}

${NOTICE}`;
}
