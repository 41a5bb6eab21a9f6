import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** What can be wrong with the format that a config is written in. */
export const formatCatalogue = {
  "format/outdated": {
    summary: "The config is written in words of an earlier format",
    why: "A key that is called otherwise now would be one unknown key in each place, and its value would say nothing. `eco-compile migrate` rewrites the files of the config; comments and layout stay as they are, and nothing is written unless the config means the same afterwards.",
  },
  "format/newer": {
    summary: "The config is written in a format that this eco-compile does not know",
    why: "Somebody has migrated the config with a newer eco-compile than the one that runs here. Guessing at words that it does not know would compile something else.",
  },
  "format/by-hand": {
    summary: "Words of an earlier format that `eco-compile migrate` cannot rewrite",
    why: "What is computed, passed around or spread together has no one place that could be rewritten without a guess. `migrate` then writes nothing at all, so that no project is left half in one format and half in another; what is rewritten by hand in today's words it leaves alone, and does the rest when it runs again.",
  },
} as const satisfies Record<string, { summary: string; why: string }>;

/** A finding about the format. */
export const formatFault = (
  id: keyof typeof formatCatalogue,
  details: Omit<Diagnostic, "id" | "severity">,
): Diagnostic => ({ id, severity: "error", ...details });
