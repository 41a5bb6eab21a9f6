import type { Diagnostic, Severity } from "../diagnostics/diagnostic.ts";

/** What can be wrong with what the config says of its checks. */
export const judgementCatalogue = {
  "levels/unknown-check": {
    summary: "`checks` or `ignore` names a check that there is not",
    why: "What it was meant to change would stay as it is, and nobody would notice.",
  },
  "levels/floor": {
    summary: "A check is lowered or ignored that nobody may lower",
    why: "Some findings are no matter of opinion: secrets in git, files and names that belong to somebody else, and whatever would leave the output broken.",
  },
  "ignore/no-match": {
    severity: "warning",
    summary: "An ignore matches no finding",
    why: "Usually what it was about has been mended or renamed. Left there, it would hide the next mistake at its place, with a reason that was never given for that.",
  },
  "ignore/expired": {
    summary: "The time of an ignore is over",
    why: "Somebody accepted a finding up to a day, and that day has passed. Only `check --as-of` judges it: the compiler itself reads no clock.",
  },
} as const satisfies Record<string, { severity?: Severity; summary: string; why: string }>;

type JudgementId = keyof typeof judgementCatalogue;

export const fault = (
  id: JudgementId,
  details: { at: string; message: string; hint?: string; key?: boolean; severity?: Severity },
): Diagnostic => ({ id, severity: "error", ...details });
