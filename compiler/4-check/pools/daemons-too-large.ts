import { daemonsOnNodes, fits, showRoom } from "../../facts/capacity.ts";
import { list } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/daemons-too-large",
  severity: "error",
  risk: true,
  summary: "Each node has room for all that has a pod on each node",
  why: "A daemon's pod is for its node and no other: where daemons together ask for more than the node leaves them, some stay pending for ever, and no further node helps. What else is there finds no room at all.",
  atBounds: true,

  *run(topology, { machines }) {
    for (const { cluster, pool, daemons, asked, there } of daemonsOnNodes(topology, machines())) {
      if (fits(asked, there)) continue;
      const [first, ...others] = daemons;
      yield {
        at: first!.resources.source,
        message: `${list(daemons.map(({ name }) => name))} and the add-ons' own ask for ${showRoom(asked)} on each node of ${pool.name} of ${cluster.name}, which leaves pods ${showRoom(there)}`,
        hint: "lower their requests, give the pool larger machines, or keep a daemon to another `pool`",
        related: [
          ...others.map(({ name, resources }) => ({ at: resources.source, message: name })),
          { at: pool.source, message: "the pool" },
        ],
      };
    }
  },
});
