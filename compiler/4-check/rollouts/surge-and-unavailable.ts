import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "rollouts/surge-and-unavailable",
  severity: "error",
  summary: "A daemon's update adds a pod to a node, or takes one away, and not both",
  why: "On each node the new pod starts beside the old one, or after it. Kubernetes refuses a DaemonSet whose `maxSurge` and `maxUnavailable` are both above zero.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, kind, strategy } = workload;
      if (kind !== "daemon" || strategy.kind !== "rolling") continue;
      const { maxSurge, maxUnavailable } = strategy;
      if ([maxSurge, maxUnavailable].some((share) => Number.parseFloat(share) === 0)) continue;
      yield {
        at: fieldAt(workload, "rollout"),
        message: `${name} is a daemon, and its rollout has both maxSurge (${maxSurge}) and maxUnavailable (${maxUnavailable})`,
        idea: "a daemon's rollout has both maxSurge and maxUnavailable",
        hint: "leave one of them out: `maxSurge` keeps a pod on each node, `maxUnavailable` needs no room for a second one",
      };
    }
  },
});
