import { stripVTControlCharacters } from "node:util";
import type { Diagnostic, Severity } from "../diagnostic.ts";
import { htmlText, markdownBlock, markdownCode, markdownText, withoutWorkflowCommands } from "../escape.ts";
import {
  bySeverity,
  counted,
  countsLine,
  inheritedNote,
  placeOf,
  relatedPlaces,
  withoutFloods,
  type Reporter,
} from "../report.ts";

/** Characters that a comment on GitHub may have. */
const MAX_LENGTH = 65_536;

const SIGNS: Record<Severity, string> = { error: "🛑", warning: "⚠️", info: "ℹ️" };

/**
 * For a comment on a pull request: the counts, then one fold per finding, as many as fit, of no id more than people
 * read.
 */
export const markdown: Reporter = ({ diagnostics, summary }) => {
  const head = [
    `**eco-compile**: ${countsLine(diagnostics)}`,
    "",
    ...summary.lines.map((line) => `- ${markdownText(line)}`),
  ];
  const closing = (left: number) =>
    left === 0
      ? ""
      : `\n\n${counted(left, "more finding")} left out: run \`npx eco-compile check --verbose\` to see all of them.`;
  let text = fit(head.map(withoutWorkflowCommands), MAX_LENGTH / 2);
  const { shown } = withoutFloods(bySeverity(diagnostics));
  for (const [index, diagnostic] of shown.entries()) {
    const next = `${text}\n\n${withoutWorkflowCommands(fold(diagnostic))}`;
    const left = diagnostics.length - index - 1;
    if (next.length + closing(left).length + 1 > MAX_LENGTH) return `${text}${closing(left + 1)}\n`;
    text = next;
  }
  return `${text}${closing(diagnostics.length - shown.length)}\n`;
};

/** The line with the tags is an HTML block up to the empty line (GFM 4.6), in which Markdown is not read. */
function fold(diagnostic: Diagnostic): string {
  const { id, severity, message, at, position, hint, frame } = diagnostic;
  const note = inheritedNote(diagnostic);
  const facts = [
    ...(position
      ? [`at ${markdownCode(placeOf(position))}${at === "" ? "" : ` (${markdownCode(at)})`}`]
      : at === ""
        ? []
        : [`at ${markdownCode(at)}`]),
    ...(note === undefined ? [] : [markdownText(note)]),
    ...(hint === undefined ? [] : [`hint: ${markdownText(hint)}`]),
    ...relatedPlaces(diagnostic).map(
      (other) =>
        `also ${other.position ? `${markdownCode(placeOf(other.position))}: ` : ""}${markdownText(other.message)}`,
    ),
  ];
  return [
    `<details><summary>${SIGNS[severity]} ${htmlText(message)} <code>${htmlText(id)}</code></summary>`,
    ...(facts.length > 0 ? [""] : []),
    ...facts.map((fact) => `- ${fact}`),
    ...(frame ? ["", markdownBlock("text", stripVTControlCharacters(frame))] : []),
    "",
    "</details>",
  ].join("\n");
}

function fit(lines: readonly string[], length: number): string {
  const shown: string[] = [];
  let used = 0;
  for (const line of lines) {
    used += line.length + 1;
    if (used > length) break;
    shown.push(line);
  }
  return shown.join("\n").trimEnd();
}
