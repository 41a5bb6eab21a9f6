/** What can be wrong between targets; the ids of the emit phase. */
export const emitCatalogue = {
  "targets/not-provided": {
    summary: "Something in the config needs what no active target provides",
    why: "A target that is turned off takes along what others count on: a canary without a controller for Rollouts would have no pods, an experiment without Chaos Mesh would never run, and nothing would say so.",
  },
  "targets/name-taken": {
    summary: "Two targets want the same name",
    why: "Both would write the same files or install the same add-on; whichever came last would win.",
  },
} as const satisfies Record<string, { summary: string; why: string }>;

export type EmitId = keyof typeof emitCatalogue;
