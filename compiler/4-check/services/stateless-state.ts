import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "services/stateless-state",
  severity: "error",
  summary: "A stateful service has a volume",
  why: "Without one, everything that it keeps is gone with the next pod, while it pays for being stateful: no progressive rollout, one pod at a time, no autoscaler. The chart takes none without.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, kind, storage } = workload;
      if (kind === "stateful" && storage.length === 0)
        yield {
          at: fieldAt(workload, "storage"),
          message: `${name} is stateful and keeps nothing`,
          idea: "a stateful service keeps nothing",
          hint: 'add `storage`, or make it kind: "service"',
        };
    }
  },
});
