import type { Diagnostic, Position } from "../../diagnostics/diagnostic.ts";
import { formatFault } from "../../migrations/catalogue.ts";

/** What was to be rewritten, and cannot be. */
export const byHand = (at: string, change: string, why: string, position?: Position): Diagnostic => ({
  ...finding(at, `${change}, but cannot be rewritten here: ${why}`),
  ...(position === undefined ? {} : { position }),
});

/** What would be another thing if its old words were rewritten, since it reads them itself. */
export const countsOnIt = (at: string, what: string): Diagnostic =>
  finding(at, `this counts on words that are written otherwise now: ${what}`);

const finding = (at: string, message: string): Diagnostic =>
  formatFault("format/by-hand", {
    at,
    message,
    hint: "write it in today's words, and run `eco-compile migrate` again",
  });
