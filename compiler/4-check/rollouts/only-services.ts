import { defineCheck } from "../check.ts";
import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "rollouts/only-services",
  severity: "error",
  summary: "Jobs and stateful services roll, and nothing else",
  why: "Argo Rollouts replaces Deployments. Two versions of a store cannot share its volumes, and a job has no traffic that could be moved step by step.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, kind, strategy } = workload;
      if (kind === "service" || strategy.kind === "rolling") continue;
      yield {
        at: fieldAt(workload, "rollout"),
        message: `${name} is ${kind === "job" ? "a job" : "stateful"} and has a ${strategy.kind} rollout`,
        idea: `${kind === "job" ? "a job" : "a stateful service"} has a ${strategy.kind} rollout`,
        hint: "leave `rollout` out, or use rolling()",
      };
    }
  },
});
