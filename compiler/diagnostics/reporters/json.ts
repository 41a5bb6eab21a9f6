import { printableJson } from "../escape.ts";
import { countBySeverity, inSourceOrder, type Reporter } from "../report.ts";

/** For programs. Fields are only added while the version is 1. */
export const json: Reporter = ({ diagnostics, summary }) => {
  const shown = inSourceOrder(diagnostics).map(({ frame: _, ...diagnostic }) => diagnostic);
  const document = { format_version: "1", diagnostics: shown, summary: { ...countBySeverity(diagnostics), ...summary.data } };
  return `${printableJson(document)}\n`;
};
