import { fieldAt } from "../../facts/differences.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "scaling/zero-without-triggers",
  severity: "error",
  summary: "A service goes down to no pods only where a trigger can start the first one",
  why: "CPU and memory are measured in pods that run. Without any of them nothing would ever ask for the first one, and Kubernetes refuses such an autoscaler.",
  atBounds: true,

  *run({ workloads }) {
    for (const workload of workloads) {
      const { name, scaling } = workload;
      if (scaling.min > 0 || scaling.triggers.length > 0) continue;
      yield {
        at: fieldAt(workload, "scaling", "min"),
        message: `${name} may run on 0 pods in ${workload.environment.name}, and nothing would start one`,
        idea: "no pods, and nothing that would start one",
        hint: "raise `min` to 1, or say under `triggers` what starts the first pod",
      };
    }
  },
});
