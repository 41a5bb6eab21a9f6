import { childPath } from "../../../diagnostics/config-path.ts";
import { defineCheck } from "../../../4-check/check.ts";

export default defineCheck({
  id: "chaos-mesh/dns-wildcard",
  severity: "error",
  summary: "A * in a DNS pattern stands at its end",
  why: "Chaos Mesh matches `*` as a prefix and takes any other pattern as the name of a host that does not exist: the experiment would break nothing and look like a success.",

  *run({ resilience }) {
    for (const experiment of resilience.experiments) {
      if (experiment.kind !== "dns-fault") continue;
      for (const [index, pattern] of experiment.patterns.entries()) {
        if (!pattern.slice(0, -1).includes("*")) continue;
        yield {
          at: childPath(`${experiment.source}.patterns`, index),
          message: `${pattern} has a * before its end`,
          hint: "name the hosts, use ? for single characters, or let the * end the pattern",
        };
      }
    }
  },
});
