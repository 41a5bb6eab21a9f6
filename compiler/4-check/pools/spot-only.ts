import { takesPods } from "../../facts/node-pools.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "pools/spot-only",
  severity: "warning",
  summary: "In the last environment, not everything runs on spot machines",
  why: "The cloud takes spot machines back at half a minute's notice, often many at once and just when nothing else is free. Ingress, Prometheus and Argo CD would go with them.",

  *run({ clusters }) {
    for (const cluster of clusters) {
      const { name, source, nodePools, environment } = cluster;
      const open = nodePools.filter((pool) => takesPods(cluster, pool));
      if (!environment.production || open.length === 0 || open.some(({ spot }) => !spot)) continue;
      yield {
        at: `${source}.nodePools`,
        message: `every pool of ${name} that takes pods is spot`,
        idea: "every pool that takes pods is spot",
        hint: "add a pool with `spot: false` that holds what must stay",
      };
    }
  },
});
