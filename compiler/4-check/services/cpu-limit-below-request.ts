import { cores } from "../../config/units.ts";
import { defineCheck } from "../check.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "services/cpu-limit-below-request",
  severity: "error",
  summary: "A pod may use at least the CPU that it asks for",
  why: "Kubernetes refuses a container whose request is above its limit.",
  atBounds: true,

  *run({ workloads }) {
    for (const workload of workloads) {
      const { name, resources } = workload;
      const { cpu, cpuLimit } = resources;
      if (cores(cpu) > cores(cpuLimit))
        yield {
          at: fieldAt(workload, "resources", "cpuLimit"),
          message: `${name}: cpuLimit ${cpuLimit} is below the ${cpu} that it asks for`,
          idea: `cpuLimit ${cpuLimit} is below the ${cpu} that is asked for`,
          hint: "raise it, or leave it out: it is twice `cpu` then",
        };
    }
  },
});
