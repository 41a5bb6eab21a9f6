import { childPath } from "../../diagnostics/config-path.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "secrets/keys",
  severity: "error",
  summary: "A secret's keys can be files, and each stands once",
  why: "Each key becomes a file: Kubernetes refuses keys with other characters, and of two with one name it would mount one.",

  *run({ secrets, workloads }) {
    for (const { name, source, keys } of secrets) {
      for (const [index, key] of keys.entries()) {
        const at = childPath(`${source}.keys`, index);
        if (!FILE.test(key))
          yield { at, message: `${JSON.stringify(key)} cannot be a file`, hint: "take letters, digits, -, _ and ." };
        else if (keys.indexOf(key) < index) yield { at, message: `${name} has the key ${key} twice`, hint: "take one out" };
      }
    }
    for (const { source, secret, env } of workloads.flatMap((workload) => workload.secrets)) {
      const odd = env ? secret.keys.find((key) => !VARIABLE.test(key)) : undefined;
      if (odd !== undefined)
        yield {
          at: `${source}.env`,
          message: `the key ${odd} of ${secret.name} cannot be an environment variable`,
          hint: "read it as a file, or rename the key to letters, digits and _",
        };
    }
  },
});

/** https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data */
const FILE = /^(?!\.{1,2}$)[-._A-Za-z0-9]{1,253}$/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
