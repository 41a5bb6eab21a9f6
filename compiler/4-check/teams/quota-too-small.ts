import { exceeded, limitOf, quotaDemands, showAmount, takers } from "../../facts/quotas.ts";
import { list } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "teams/quota-too-small",
  severity: "error",
  risk: true,
  summary: "A team's quota holds its workloads at their fewest pods, and one run of its jobs",
  why: "Kubernetes refuses the pods that go over the quota, whichever come last: a service stays without them, and its rollout fails.",
  atBounds: true,

  *run(topology) {
    for (const { team, cluster, quota, fewest } of quotaDemands(topology))
      for (const field of exceeded(quota, fewest)) {
        const asked = showAmount(field, fewest.amounts[field]);
        yield {
          at: quota.written[field],
          message: `${team.name} asks for at least ${asked} on ${cluster.name}, and may have ${showAmount(field, limitOf(quota, field)!)}: most of it is for ${list(takers(fewest, field))}`,
          idea: `a team asks for at least ${asked}, and may have ${showAmount(field, limitOf(quota, field)!)}`,
          hint: "raise it, with room for rollouts, or lower what its services ask for or how many pods they have",
        };
      }
  },
});
