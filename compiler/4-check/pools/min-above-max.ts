import { boundsAt, showBounds } from "../bounds.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/min-above-max",
  severity: "error",
  summary: "A pool's fewest machines are not more than its most, whatever a proposal may set",
  why: "The autoscaler refuses such a pool. Where both are tunable, the highest `min` must not pass the lowest `max`, or a proposal could bring it about.",

  *run(topology) {
    const groups = [...topology.clusters.flatMap(({ nodePools }) => nodePools), ...topology.runners];
    for (const { source, name, min, max } of groups) {
      const [least, most] = [boundsAt(topology, `${source}.min`, min), boundsAt(topology, `${source}.max`, max)];
      if (least.highest <= most.lowest) continue;
      yield {
        at: `${source}.min`,
        message: `${name}: min is ${showBounds(least)}, and max is ${showBounds(most)}`,
        hint: "lower `min`, or raise `max`",
        related: [{ at: `${source}.max`, message: "max" }],
      };
    }
  },
});
