import { defineCheck } from "../check.ts";
import { onePerService } from "../../facts/placement.ts";

export default defineCheck({
  id: "services/stateless-state",
  severity: "error",
  summary: "A stateful service has a volume",
  why: "Without one, everything that it keeps is gone with the next pod, while it pays for being stateful: no progressive rollout, one pod at a time, no autoscaler. The chart takes none without.",

  *run(topology) {
    for (const { name, source, kind, storage } of onePerService(topology)) {
      if (kind === "stateful" && storage.length === 0)
        yield {
          at: `${source}.storage`,
          message: `${name} is stateful and keeps nothing`,
          idea: "a stateful service keeps nothing",
          hint: 'add `storage`, or make it kind: "service"',
        };
    }
  },
});
