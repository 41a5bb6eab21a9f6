import type { Diagnostic, Finding, Position } from "../diagnostics/diagnostic.ts";

/** What can be wrong with `ecosystem.lock.json`. */
export const lockCatalogue = {
  "lock/unreadable": {
    summary: "A line of `ecosystem.lock.json` is not one that eco-compile writes",
    why: "Each line holds a choice that clusters rest on: one that is not understood must not be chosen anew.",
  },
  "lock/two-choices": {
    summary: "A merge has left two values for one choice",
    why: "Both branches have chosen, and perhaps one of them has been applied: only people know which.",
  },
  "lock/value": {
    summary: "A choice in `ecosystem.lock.json` has a value that it cannot have",
    why: "What was chosen is read back as it is; in place of a value that cannot be, nothing is chosen without a word.",
  },
  "lock/missing": {
    summary: "The tree was written with an `ecosystem.lock.json`, and there is none",
    why: "Address ranges, versions and the place of states would be chosen anew: other ones than those that clusters run with.",
  },
  "lock/compiler": {
    summary: "Another version of eco-compile wrote `ecosystem.lock.json`",
    why: "A version that nobody has decided for must not change what is applied: another one may write other output.",
  },
  "lock/moved": {
    summary: "A cluster is in another cloud than it was",
    why: "Its state, its network and the identities of what runs on it are those of the account that it was made in. In another one Terraform would find none of them: it would make everything anew, and what runs would be left behind, without anybody who applies it.",
  },
} as const satisfies Record<string, { summary: string; why: string }>;

/** A finding in the lock; `at` is the path of a choice, or empty. */
export const lockFault = (
  id: keyof typeof lockCatalogue,
  finding: Omit<Finding, "input"> & { position?: Position },
): Diagnostic => ({ id, severity: "error", input: "lock", ...finding });
