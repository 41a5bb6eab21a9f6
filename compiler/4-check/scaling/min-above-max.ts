import { boundsAt, showBounds } from "../bounds.ts";
import { defineCheck } from "../check.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "scaling/min-above-max",
  severity: "error",
  summary: "A service's fewest pods are not more than its most, whatever a proposal may set",
  why: "Kubernetes refuses such an autoscaler. Where both are tunable, the highest `min` must not pass the lowest `max`, or a proposal could bring it about.",

  *run(topology) {
    for (const workload of topology.workloads) {
      const { name, scaling } = workload;
      const [min, max] = [fieldAt(workload, "scaling", "min"), fieldAt(workload, "scaling", "max")];
      const [least, most] = [boundsAt(topology, min, scaling.min), boundsAt(topology, max, scaling.max)];
      if (least.highest <= most.lowest) continue;
      yield {
        at: min,
        message: `${name}: min is ${showBounds(least)}, and max is ${showBounds(most)}`,
        idea: `min is ${showBounds(least)}, and max is ${showBounds(most)}`,
        hint: "lower `min`, or raise `max`",
        related: [{ at: max, message: "max" }],
      };
    }
  },
});
