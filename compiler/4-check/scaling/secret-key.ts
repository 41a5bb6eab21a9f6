import { didYouMean } from "../../diagnostics/suggest.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "scaling/secret-key",
  severity: "error",
  summary: "A trigger logs in with a key that its secret has",
  why: "The autoscaler would find nothing there, never learn how much waits, and leave the number of pods as it is.",

  *run(topology) {
    for (const { name, scaling } of onePerForm(topology))
      for (const trigger of scaling.triggers) {
        if (!("login" in trigger) || trigger.login === undefined) continue;
        for (const { source, secret, key, keys } of [trigger.login.username, trigger.login.password]) {
          if (key !== undefined && keys.includes(key)) continue;
          yield {
            at: key === undefined ? source : `${source}.key`,
            message:
              key === undefined
                ? `${name} does not say which key of the secret ${secret} it is`
                : `the secret ${secret} has no key ${key}`,
            hint: (key === undefined ? undefined : didYouMean(key, keys)) ?? `its keys are ${keys.join(", ")}`,
          };
        }
      }
  },
});
