import { exceeded, limitOf, quotaDemands, showAmount, takers } from "../../facts/quotas.ts";
import { list } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "teams/quota-below-peak",
  severity: "warning",
  summary: "A team's quota holds its workloads at their most pods, with a rollout of one of them",
  why: "Under the load that the autoscalers are for, services stop growing, and a rollout whose new pods are refused is undone at its deadline.",

  *run(topology) {
    for (const { team, cluster, quota, fewest, most } of quotaDemands(topology)) {
      const worse = exceeded(quota, fewest); // teams/quota-too-small says it
      for (const field of exceeded(quota, most).filter((field) => !worse.includes(field))) {
        const asked = showAmount(field, most.amounts[field]);
        yield {
          at: quota.written[field],
          message: `${team.name} may ask for ${asked} on ${cluster.name}, in the middle of a rollout, and may have ${showAmount(field, limitOf(quota, field)!)}: most of it is for ${list(takers(most, field))}`,
          idea: `a team may ask for ${asked}, in the middle of a rollout, and may have ${showAmount(field, limitOf(quota, field)!)}`,
          hint: "raise it, or lower what its services scale to or ask for",
        };
      }
    }
  },
});
