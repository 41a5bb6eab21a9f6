import { defineCheck } from "../check.ts";
import { fieldAt } from "../../facts/differences.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "rollouts/only-services",
  severity: "error",
  summary: "Jobs, stateful services and daemons roll, and nothing else",
  why: "Argo Rollouts replaces Deployments. Two versions of a store cannot share its volumes, a job has no traffic that could be moved step by step, and a daemon's stays on its node.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      const { name, kind, strategy } = workload;
      if (kind === "service" || strategy.kind === "rolling") continue;
      yield {
        at: fieldAt(workload, "rollout"),
        message: `${name} is ${TITLES[kind].is} and has a ${strategy.kind} rollout`,
        idea: `${TITLES[kind].what} has a ${strategy.kind} rollout`,
        hint: "leave `rollout` out, or use rolling()",
      };
    }
  },
});

const TITLES = {
  job: { is: "a job", what: "a job" },
  stateful: { is: "stateful", what: "a stateful service" },
  daemon: { is: "a daemon", what: "a daemon" },
} as const;
