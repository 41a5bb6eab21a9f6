import { stripVTControlCharacters } from "node:util";
import type { Diagnostic, Severity } from "../diagnostic.ts";
import { htmlText, markdownBlock, markdownCode, markdownText, withoutWorkflowCommands } from "../escape.ts";
import { countsLine, firstOfEach, headline, ideasOf, idOfIdea, inPlaces, SHOWN, type Idea } from "../ideas.ts";
import { bySeverity, counted, inheritedNote, placeOf, relatedLabel, relatedPlaces, type Reporter } from "../report.ts";

/** Characters that a comment on GitHub may have. */
const MAX_LENGTH = 65_536;

const SIGNS: Record<Severity, string> = { error: "🛑", warning: "⚠️", info: "ℹ️" };

/**
 * For a comment on a pull request: the counts, then one fold per idea with its places, as many as fit, of no id more
 * than people read.
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
  let left = diagnostics.length;
  for (const idea of firstOfEach(ideasOf(bySeverity(diagnostics)), idOfIdea, SHOWN).shown) {
    const next = `${text}\n\n${withoutWorkflowCommands(fold(idea))}`;
    if (next.length + closing(left).length + 1 > MAX_LENGTH) break;
    text = next;
    left -= idea.places.length;
  }
  return `${text}${closing(left)}\n`;
};

/** The line with the tags is an HTML block up to the empty line (GFM 4.6), in which Markdown is not read. */
function fold(idea: Idea): string {
  const [first, ...others] = idea.places;
  const { id, severity, hint, frame } = first;
  const note = inheritedNote(first);
  const left = others.length - SHOWN;
  const facts = [
    ...whereabouts(first).map((where) => `at ${where}`),
    ...(note === undefined ? [] : [markdownText(note)]),
    ...(hint === undefined ? [] : [`hint: ${markdownText(hint)}`]),
    ...relatedPlaces(first).map((other) => {
      const where = other.position ? [markdownCode(placeOf(other.position))] : [];
      return `${relatedLabel(other)} ${[...where, ...(other.call ? [] : [markdownText(other.message)])].join(": ")}`;
    }),
    ...others.slice(0, SHOWN).flatMap((other) => whereabouts(other).map((where) => `the same at ${where}`)),
    ...(left > 0 ? [`and at ${counted(left, "more place")}`] : []),
  ];
  return [
    `<details><summary>${SIGNS[severity]} ${htmlText(headline(idea))} <code>${htmlText(id)}</code>${inPlaces(idea.places.length)}</summary>`,
    ...(facts.length > 0 ? [""] : []),
    ...facts.map((fact) => `- ${fact}`),
    ...(frame ? ["", markdownBlock("text", stripVTControlCharacters(frame))] : []),
    "",
    "</details>",
  ].join("\n");
}

/** The place in the source and the config path, as far as they are known. */
function whereabouts({ position, at }: Diagnostic): string[] {
  const path = at === "" ? "" : markdownCode(at);
  if (position === undefined) return path === "" ? [] : [path];
  return [`${markdownCode(placeOf(position))}${path === "" ? "" : ` (${path})`}`];
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
