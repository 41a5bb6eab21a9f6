import type { Diagnostic } from "../diagnostic.ts";
import { printableJson } from "../escape.ts";
import { firstOfEach, KEPT } from "../ideas.ts";
import { countBySeverity, inSourceOrder, type Reporter } from "../report.ts";

/**
 * For programs: each place of an idea by itself, with the idea's words where it has some. Fields are only added while the version is 1. The counts are of all; `left_out` says of which ids not
 * all are listed. What the config accepts is a list of its own: whoever counts `diagnostics` need not know of it.
 */
export const json: Reporter = ({ diagnostics, ignored = [], summary }) => {
  const { shown, left } = firstOfEach(inSourceOrder(diagnostics), ({ id }) => id, KEPT);
  const document = {
    format_version: "1",
    diagnostics: shown.map(withoutFrame),
    ...(ignored.length === 0 ? {} : { ignored: firstOfEach(ignored, ({ id }) => id, KEPT).shown.map(withoutFrame) }),
    summary: {
      ...countBySeverity(diagnostics),
      ...(left.size > 0 ? { left_out: Object.fromEntries([...left].map(([id, more]) => [id, more.length])) } : {}),
      ...summary.data,
    },
  };
  return `${printableJson(document)}\n`;
};

const withoutFrame = <T extends Diagnostic>({ frame: _, ...diagnostic }: T) => diagnostic;
