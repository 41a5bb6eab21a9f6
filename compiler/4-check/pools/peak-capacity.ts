import { capacities, fits, nodesOf, showRoom } from "../../facts/capacity.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/peak-capacity",
  severity: "warning",
  summary: "Full pools hold every workload at its most pods",
  why: "The autoscalers would promise pods that the pools cannot hold: under the load they were meant for, services stop growing.",

  *run(topology, { machines }) {
    for (const capacity of capacities(topology, machines())) {
      const { fewest, most, supply } = capacity;
      if (fits(most, supply) || !fits(fewest, supply)) continue; // pools/capacity says the worse
      const { title, at } = nodesOf(capacity);
      yield {
        at,
        message: `${title}: pods may ask for ${showRoom(most)}, and full pools leave them ${showRoom(supply)}`,
        hint: "raise a pool's `max`, or lower what services scale to",
      };
    }
  },
});
