import type { Diagnostic, IgnoredDiagnostic, Position, RelatedFinding, Severity } from "../diagnostic.ts";
import { printable, printableJson, relativeUri, sarifText } from "../escape.ts";
import { bySeverity, counted, inheritedNote, relatedPlaces, type RenderOptions, type Reporter } from "../report.ts";

const LEVELS: Record<Severity, "error" | "warning" | "note"> = { error: "error", warning: "warning", info: "note" };

/** Results of one run that GitHub takes: docs.github.com, "SARIF support for code scanning", limits. */
const MAX_RESULTS = 5000;

/** Code scanning takes no result without a file; what is about no line is about the config. */
const NOWHERE: Position = { file: "ecosystem.config.ts", line: 1, column: 1 };

/** SARIF 2.1.0 for code scanning. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarif: Reporter = ({ diagnostics, ignored = [] }, options) => {
  // What is ignored last: it is the first that may be missed.
  const all: readonly (Diagnostic | IgnoredDiagnostic)[] = [...bySeverity(diagnostics), ...bySeverity(ignored)];
  const shown = all.slice(0, MAX_RESULTS);
  const ids = [...new Set(shown.map(({ id }) => id))].sort();
  const left = all.length - shown.length;
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "eco-compile",
            ...(options.version === undefined ? {} : { semanticVersion: options.version }),
            rules: ids.map((id) => rule(id, options)),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: !diagnostics.some(({ severity }) => severity === "error"),
            ...(left > 0
              ? {
                  toolExecutionNotifications: [
                    { level: "warning", message: { text: `${counted(left, "more finding")} left out` } },
                  ],
                }
              : {}),
          },
        ],
        results: shown.map((diagnostic) => result(diagnostic, ids.indexOf(diagnostic.id))),
      },
    ],
  };
  return `${printableJson(log)}\n`;
};

function rule(id: string, { rule }: RenderOptions) {
  const known = rule?.(id);
  const help = known?.help ?? `Run \`eco-compile explain ${id}\`.`;
  return {
    id,
    shortDescription: { text: sarifText(known?.summary ?? id) },
    help: { text: printable(help.replace(/\s+/g, " ")), markdown: help },
    ...(known?.url === undefined ? {} : { helpUri: known.url }),
  };
}

/**
 * One result for each place of an idea: each can be mended without the others, and then `locations` must not hold several
 * (SARIF 2.1.0, 3.27.12 c); code scanning reads only the first of them as well.
 */
function result(diagnostic: Diagnostic | IgnoredDiagnostic, ruleIndex: number) {
  const { id, severity, message, hint, at, position, idea } = diagnostic;
  const text = [message, inheritedNote(diagnostic), hint === undefined ? undefined : `Hint: ${hint}`].filter(
    (part) => part !== undefined,
  );
  return {
    ruleId: id,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: text.map(sarifText).join("\n") },
    locations: [location({ at, message: "", position: position ?? NOWHERE })],
    relatedLocations: relatedPlaces(diagnostic).map((other) => ({
      ...location(other),
      message: { text: sarifText(other.message) },
    })),
    ...("ignored" in diagnostic ? { suppressions: [suppression(diagnostic.ignored)] } : {}),
    ...(idea === undefined ? {} : { properties: { idea } }),
  };
}

/** Accepted in the config itself (SARIF 2.1.0, 3.35: `inSource`), by the entry that the location names. */
function suppression({ reason, until, by }: IgnoredDiagnostic["ignored"]) {
  return {
    kind: "inSource",
    justification: printable(until === undefined ? reason : `${reason} (until ${until})`),
    location: { logicalLocations: [{ fullyQualifiedName: by, kind: "value" }] },
  };
}

function location({ at, position }: RelatedFinding) {
  return {
    ...(position
      ? { physicalLocation: { artifactLocation: { uri: relativeUri(position.file) }, region: region(position) } }
      : {}),
    ...(at === "" ? {} : { logicalLocations: [{ fullyQualifiedName: at, kind: "value" }] }),
  };
}

function region({ line, column, endLine, endColumn }: Position) {
  return {
    startLine: line,
    startColumn: column,
    ...(endLine === undefined ? {} : { endLine, endColumn: endColumn ?? 1 }),
  };
}
