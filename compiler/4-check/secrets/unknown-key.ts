import { childPath } from "../../diagnostics/config-path.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { list } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "secrets/unknown-key",
  severity: "error",
  summary: "A key that a service gives another name is one of the secret's",
  why: "What it was meant for keeps its own name, and the service waits for a file or a variable that never comes.",

  *run({ workloads }) {
    for (const { source, secret, names } of workloads.flatMap((workload) => workload.secrets)) {
      for (const key of Object.keys(names)) {
        if (secret.keys.includes(key)) continue;
        yield {
          at: childPath(`${source}.keys`, key),
          key: true,
          message: `${secret.name} has no key ${key}`,
          hint: didYouMean(key, secret.keys) ?? `its keys are ${list(secret.keys)}`,
        };
      }
    }
  },
});
