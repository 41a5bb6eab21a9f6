import { capacities, fits, nodesOf, showRoom } from "../../facts/capacity.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/capacity",
  severity: "error",
  risk: true,
  summary: "Full pools hold every workload at its fewest pods, beside the add-ons",
  why: "Pods that fit nowhere stay pending for ever, and Argo CD waits for them. The autoscaler cannot help: the pools are at their maximum.",
  atBounds: true,

  *run(topology, { machines }) {
    for (const capacity of capacities(topology, machines())) {
      const { fewest, supply } = capacity;
      if (fits(fewest, supply)) continue;
      const { title, at } = nodesOf(capacity);
      yield {
        at,
        message: `${title}: pods ask for at least ${showRoom(fewest)}, and full pools leave them ${showRoom(supply)}`,
        hint: "raise a pool's `max`, take a larger machine type, or lower requests",
      };
    }
  },
});
