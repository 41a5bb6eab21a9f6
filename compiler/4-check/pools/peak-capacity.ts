import { capacities, fits, showRoom } from "../../facts/capacity.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/peak-capacity",
  severity: "warning",
  summary: "Full pools hold every workload at its most pods",
  why: "The autoscalers would promise pods that the pools cannot hold: under the load they were meant for, services stop growing.",

  *run(topology, { machines }) {
    for (const { cluster, fewest, most, supply } of capacities(topology, machines())) {
      if (fits(most, supply) || !fits(fewest, supply)) continue; // pools/capacity says the worse
      yield {
        at: `${cluster.source}.nodePools`,
        message: `${cluster.name}: pods may ask for ${showRoom(most)}, and full pools leave them ${showRoom(supply)}`,
        hint: "raise a pool's `max`, or lower what services scale to",
      };
    }
  },
});
