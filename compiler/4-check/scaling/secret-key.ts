import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";
import { missingKey } from "../secret-keys.ts";

export default defineCheck({
  id: "scaling/secret-key",
  severity: "error",
  summary: "A trigger logs in with a key that its secret has",
  why: "The autoscaler would find nothing there, never learn how much waits, and leave the number of pods as it is.",

  *run(topology) {
    for (const { name, scaling } of onePerForm(topology))
      for (const trigger of scaling.triggers) {
        if (!("login" in trigger) || trigger.login === undefined) continue;
        for (const read of [trigger.login.username, trigger.login.password]) yield* missingKey(name, read);
      }
  },
});
