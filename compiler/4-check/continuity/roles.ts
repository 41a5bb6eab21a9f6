import type { Continuity } from "../../topology/continuity.ts";
import { defineCheck } from "../check.ts";
import { list, servicesByName } from "../../facts/placement.ts";

export default defineCheck({
  id: "continuity/roles",
  severity: "error",
  summary: "Assistant, fallback, store and watchdog are four services that run together",
  why: "What replaces the assistant, or watches it, must not fail with it; and they reach each other only inside one cluster.",

  *run(topology) {
    const { continuity } = topology;
    if (continuity === undefined) return;
    const services = servicesByName(topology);
    const home = services.get(continuity.assistant.service)!.clusters;
    const roles = rolesOf(continuity);
    for (const [index, { at, role, name }] of roles.entries()) {
      const twin = roles.slice(0, index).find((other) => other.name === name);
      if (twin !== undefined)
        yield {
          at,
          message: `${name} is both the ${twin.role} and the ${role}`,
          hint: "name another service",
          related: [{ at: twin.at, message: twin.role }],
        };
      const missing = home.filter((cluster) => !services.get(name)!.clusters.includes(cluster));
      if (missing.length > 0)
        yield {
          at,
          message: `the assistant runs on ${list(missing)}, and its ${role} ${name} does not`,
          hint: `place ${name} there too`,
        };
    }
  },
});

const rolesOf = ({ source, assistant, fallback, contextStore, watchdog }: Continuity) => [
  { at: `${source}.assistant.service`, role: "assistant", name: assistant.service },
  { at: `${source}.fallback`, role: "fallback", name: fallback },
  { at: `${source}.contextStore`, role: "context store", name: contextStore },
  { at: `${source}.watchdog`, role: "watchdog", name: watchdog },
];
