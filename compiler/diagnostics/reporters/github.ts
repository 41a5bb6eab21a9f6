import type { Diagnostic, Position, Severity } from "../diagnostic.ts";
import { commandData, commandProperty, printable, withoutWorkflowCommands } from "../escape.ts";
import { firstOfEach, ideasOf, SHOWN } from "../ideas.ts";
import { bySeverity, counted, inheritedNote, placeOf, relatedLabel, relatedPlaces, type Reporter } from "../report.ts";

const COMMANDS: Record<Severity, string> = { error: "error", warning: "warning", info: "notice" };
const NOUNS: Record<Severity, string> = { error: "more error", warning: "more warning", info: "more note" };

/** Annotations of one kind that a step can show: docs.github.com, "Workflow commands", and the runner's own limit. */
const SHOWN_PER_KIND = 10;

/**
 * Annotations in the files of a pull request, one for each place; what GitHub would drop is counted in the last of its
 * kind, and logged, floods cut short.
 */
export const github: Reporter = ({ diagnostics, summary }) => {
  const ordered = bySeverity(diagnostics);
  const lines = Object.keys(COMMANDS).flatMap((severity) =>
    annotations(everyIdeaFirst(ordered.filter((one) => one.severity === severity))),
  );
  return [...lines, ...summary.lines.map((line) => withoutWorkflowCommands(printable(line)))]
    .map((line) => `${line}\n`)
    .join("");
};

/** One idea in many places must not take the room of all others: first a place of each, then the rest. */
function everyIdeaFirst(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  if (diagnostics.length <= SHOWN_PER_KIND) return [...diagnostics];
  const ideas = ideasOf(diagnostics);
  return [...ideas.map(({ places: [first] }) => first), ...ideas.flatMap(({ places: [, ...others] }) => others)];
}

function annotations(diagnostics: readonly Diagnostic[]): string[] {
  if (diagnostics.length <= SHOWN_PER_KIND) return diagnostics.map(annotation);
  const [first] = diagnostics;
  const shown = diagnostics.slice(0, SHOWN_PER_KIND - 1);
  const rest = diagnostics.slice(shown.length);
  const count = command(
    first!.severity,
    { title: "eco-compile" },
    `${counted(rest.length, NOUNS[first!.severity])}, listed in the log of this step`,
  );
  const logged = firstOfEach(rest, ({ id }) => id, SHOWN);
  return [
    ...shown.map(annotation),
    count,
    ...logged.shown.map(logLine),
    ...[...logged.left].map(([id, more]) => `… and ${more.length} more of ${id}`),
  ];
}

function annotation(diagnostic: Diagnostic): string {
  return command(diagnostic.severity, { ...place(diagnostic.position), title: diagnostic.id }, body(diagnostic));
}

function body(diagnostic: Diagnostic): string {
  const { message, hint, at } = diagnostic;
  const note = inheritedNote(diagnostic);
  const related = relatedPlaces(diagnostic).map((other) => {
    const where = other.position ? [placeOf(other.position)] : [];
    return `${relatedLabel(other)}: ${[...where, ...(other.call ? [] : [other.message])].join(" ")}`;
  });
  const lines = [
    message,
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
    ...(at === "" ? [] : [`at: ${at}`]),
    ...(note === undefined ? [] : [note]),
    ...related,
  ];
  return lines.map(printable).join("\n");
}

function command(severity: Severity, properties: Record<string, string>, message: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${commandProperty(printable(value))}`);
  // The older `##[` syntax is found anywhere in a line, in a message as well.
  return `::${COMMANDS[severity]} ${list.join(",")}::${commandData(message)}`.replaceAll("##[", "## [");
}

function place(position: Position | undefined): Record<string, string> {
  if (!position) return {};
  const { file, line, column, endLine, endColumn } = position;
  // Columns only mean something to GitHub when both ends are on one line.
  const columns = endLine === undefined || endLine === line ? { col: column, endColumn } : {};
  const known = Object.entries({ line, endLine, ...columns }).filter(([, value]) => value !== undefined);
  return { file, ...Object.fromEntries(known.map(([name, value]) => [name, String(value)])) };
}

function logLine({ severity, id, message, position }: Diagnostic): string {
  const where = position ? `${placeOf(position)}: ` : "";
  return withoutWorkflowCommands(printable(`${where}${severity} ${id}: ${message}`));
}
