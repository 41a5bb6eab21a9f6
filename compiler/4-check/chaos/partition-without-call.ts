import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "chaos/partition-without-call",
  severity: "warning",
  summary: "A service is cut off from something that it calls",
  why: "Between two services that do not talk to each other nothing is lost: the experiment passes without having tested anything.",

  *run(topology) {
    for (const { name, chaos, dependsOn } of onePerForm(topology)) {
      for (const { source, experiment } of chaos) {
        if (experiment.kind !== "network-partition" || dependsOn.some(({ service }) => service === experiment.from))
          continue;
        yield {
          at: source,
          message: `${experiment.name} cuts ${name} off from ${experiment.from}, which it does not call`,
          idea: `${experiment.name} cuts a service off from ${experiment.from}, which it does not call`,
          hint: "take the experiment out, or declare the dependency",
          related: [{ at: `${experiment.source}.from`, message: experiment.name }],
        };
      }
    }
  },
});
