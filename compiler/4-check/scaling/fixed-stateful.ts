import { defineCheck } from "../check.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "scaling/fixed-stateful",
  severity: "error",
  risk: true,
  summary: "Stateful services have a fixed number of pods",
  why: "Each pod of a stateful service has volumes of its own: an autoscaler would add members that hold no data and take away some that do. The chart has none.",

  *run({ workloads }) {
    for (const workload of workloads) {
      const { name, kind, scaling } = workload;
      if (kind !== "stateful" || scaling.fixed) continue;
      yield {
        at: fieldAt(workload, "scaling", "max"),
        message: `${name} is stateful and scales from ${scaling.min} to ${scaling.max}`,
        idea: `a stateful service scales from ${scaling.min} to ${scaling.max}`,
        hint: "set `max` to `min`, and change both together when it has to grow",
      };
    }
  },
});
