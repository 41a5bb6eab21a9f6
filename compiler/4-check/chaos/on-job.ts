import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "chaos/on-job",
  severity: "warning",
  summary: "Experiments hit what runs all the time",
  why: "A job's pods are there now and then: mostly the experiment finds none, and passes without having tested anything.",

  *run(topology) {
    for (const { name, kind, chaos } of onePerForm(topology)) {
      if (kind !== "job") continue;
      for (const { source, experiment } of chaos)
        yield {
          at: source,
          message: `${name} is a job, and ${experiment.name} needs pods that are there`,
          idea: `${experiment.name} needs pods that are there, and a job has none`,
          hint: "take the job out of the experiment",
        };
    }
  },
});
