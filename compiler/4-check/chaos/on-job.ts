import { childPath } from "../../diagnostics/config-path.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "chaos/on-job",
  severity: "warning",
  summary: "Experiments hit what runs all the time",
  why: "A job's pods are there now and then: mostly the experiment finds none, and passes without having tested anything.",

  *run({ services }) {
    for (const { name, source, kind, experiments } of services) {
      if (kind !== "job") continue;
      for (const [index, experiment] of experiments.entries())
        yield {
          at: childPath(`${source}.chaos`, index),
          message: `${name} is a job, and ${experiment.name} needs pods that are there`,
          idea: `${experiment.name} needs pods that are there, and a job has none`,
          hint: "take the job out of the experiment",
        };
    }
  },
});
