import type { Severity } from "../diagnostics/diagnostic.ts";

/** What can be wrong between targets; the ids of the emit phase. */
export const emitCatalogue = {
  "targets/not-provided": {
    severity: "error",
    summary: "Something in the config needs what no active target provides",
    why: "A target that is turned off takes along what others count on: a canary without a controller for Rollouts would have no pods, an experiment without Chaos Mesh would never run, and nothing would say so.",
  },
  "targets/name-taken": {
    severity: "error",
    summary: "Two targets want the same name",
    why: "Both would write the same files or install the same add-on; whichever came last would win.",
  },
  "targets/network-unsaid": {
    severity: "warning",
    summary: "A target of another package does not say whom the pods of its add-on talk with",
    why: "An add-on's namespace is closed like a team's, and opened by what its target says. Where it says nothing, the pods reach DNS and nobody reaches them: they would not find the API server, and the API server not their webhooks.",
  },
  "targets/images-unsaid": {
    severity: "warning",
    summary: "A target of another package does not say which images its add-on runs",
    why: "What a project brings is held to the allowed registries, add-ons included. Where nobody says what their charts run, an image that is not allowed is found by admission, in a cluster, and not by whoever compiles.",
  },
  "targets/not-a-target": {
    severity: "error",
    summary: "A module that the config names in `extensions` exports no target of that name",
    why: "A target is an object with a name, a version of the contract that it was made for, and functions that the compiler calls; anything else would fail in the middle of a compilation.",
  },
  "targets/contract": {
    severity: "error",
    summary: "A target was made for another version of the compiler's contract",
    why: "It would be given what it does not expect, or would return what the compiler does not understand.",
  },
  "targets/threw": {
    severity: "error",
    summary: "A target of another package threw an error",
    why: "What it would have written is missing, so nothing is written: the tree would be half of what the config says.",
  },
} as const satisfies Record<string, { severity: Severity; summary: string; why: string }>;

export type EmitId = keyof typeof emitCatalogue;
