import { keysRead } from "../../facts/secret-readers.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";
import { missingKey } from "../secret-keys.ts";

export default defineCheck({
  id: "secrets/no-such-key",
  severity: "error",
  summary: "A variable takes a key that its secret has",
  why: "The pod would wait for the key for ever: Kubernetes starts no container with a variable that is not there.",

  *run(topology) {
    for (const workload of onePerForm(topology))
      for (const read of keysRead(workload)) yield* missingKey(workload.name, read);
  },
});
