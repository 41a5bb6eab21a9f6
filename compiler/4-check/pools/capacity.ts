import { capacities, fits, showRoom } from "../../facts/capacity.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/capacity",
  severity: "error",
  risk: true,
  summary: "Full pools hold every workload at its fewest pods, beside the add-ons",
  why: "Pods that fit nowhere stay pending for ever, and Argo CD waits for them. The autoscaler cannot help: the pools are at their maximum.",
  atBounds: true,

  *run(topology, { machines }) {
    for (const { cluster, fewest, supply } of capacities(topology, machines())) {
      if (fits(fewest, supply)) continue;
      yield {
        at: `${cluster.source}.nodePools`,
        message: `${cluster.name}: pods ask for at least ${showRoom(fewest)}, and full pools leave them ${showRoom(supply)}`,
        hint: "raise a pool's `max`, take a larger machine type, or lower requests",
      };
    }
  },
});
