import { printableJson } from "../escape.ts";
import { countBySeverity, inSourceOrder, KEPT_PER_ID, withoutFloods, type Reporter } from "../report.ts";

/**
 * For programs. Fields are only added while the version is 1. The counts are of all; `left_out` says of which ids not
 * all are listed.
 */
export const json: Reporter = ({ diagnostics, summary }) => {
  const { shown, left } = withoutFloods(inSourceOrder(diagnostics), KEPT_PER_ID);
  const document = {
    format_version: "1",
    diagnostics: shown.map(({ frame: _, ...diagnostic }) => diagnostic),
    summary: {
      ...countBySeverity(diagnostics),
      ...(left.size > 0 ? { left_out: Object.fromEntries(left) } : {}),
      ...summary.data,
    },
  };
  return `${printableJson(document)}\n`;
};
