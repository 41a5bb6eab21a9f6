import { defineCheck } from "../check.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "scaling/single-replica-in-production",
  severity: "warning",
  summary: "In the last environment, a service with ports has at least two pods",
  why: "With one pod, every node upgrade, every eviction and every crash is an outage.",
  atBounds: true,

  *run({ workloads }) {
    for (const workload of workloads) {
      const { name, kind, environment, ports, scaling } = workload;
      if (!environment.production || kind !== "service" || ports.length === 0 || scaling.min !== 1) continue; // none is meant, and a trigger starts the first
      yield {
        at: fieldAt(workload, "scaling", "min"),
        message: `${name} may run on ${scaling.min} pod in ${environment.name}`,
        idea: `${scaling.min} pod in ${environment.name}`,
        hint: "raise it to 2, and say under `in` where one is enough",
      };
    }
  },
});
