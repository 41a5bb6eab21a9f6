import { onePerForm } from "../../facts/placement.ts";
import { keysOfTriggers } from "../../facts/secret-readers.ts";
import { defineCheck } from "../check.ts";
import { missingKey } from "../secret-keys.ts";

export default defineCheck({
  id: "scaling/secret-key",
  severity: "error",
  summary: "A trigger logs in with a key that its secret has",
  why: "The autoscaler would find nothing there, never learn how much waits, and leave the number of pods as it is.",

  *run(topology) {
    for (const workload of onePerForm(topology))
      for (const read of keysOfTriggers(workload)) yield* missingKey(workload.name, read);
  },
});
