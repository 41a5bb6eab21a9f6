import { defineCheck } from "../../4-check/check.ts";
import { isSystemNamespace, NAMESPACES } from "../../facts/names.ts";

const PLATFORM: readonly string[] = Object.values(NAMESPACES);

export default defineCheck({
  id: "namespaces/reserved",
  severity: "error",
  summary: "A team's namespace is not one of the platform's or the system's",
  why: "A team could change there what every other team stands on, and exceptions that hold for the platform would hold for its services.",

  *run({ teams }) {
    for (const { name, namespace, source } of teams) {
      if (!PLATFORM.includes(namespace) && !isSystemNamespace(namespace)) continue;
      yield {
        at: `${source}.namespace`,
        message: `team ${name} would live in ${namespace}, which belongs to ${isSystemNamespace(namespace) ? "the cluster" : "the platform"}`,
        hint: `give it a namespace of its own: namespace: "team-${name}"`,
      };
    }
  },
});
