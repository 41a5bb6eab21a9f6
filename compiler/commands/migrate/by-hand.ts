import type { Diagnostic, Position } from "../../diagnostics/diagnostic.ts";
import { formatFault } from "../../migrations/catalogue.ts";

/** What was to be rewritten, and cannot be. */
export const byHand = (at: string, change: string, why: string, position?: Position): Diagnostic =>
  formatFault("format/by-hand", {
    at,
    message: `${change}, but cannot be rewritten: ${why}`,
    hint: "write it in today's words, and run `eco-compile migrate` again",
    ...(position === undefined ? {} : { position }),
  });
