import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "chaos/single-replica",
  severity: "warning",
  summary: "Pods are taken from services that have more than one",
  why: "With one pod the answer is known: the service is gone until the pod is back. The experiment becomes a small outage and teaches nothing.",

  *run({ workloads }) {
    for (const { name, kind, chaos, experiments, scaling, environment } of workloads) {
      if (scaling.min > 1 || kind === "daemon") continue; // that has as many as there are nodes
      for (const { source, experiment } of chaos) {
        if (!TAKES_PODS.has(experiment.kind) || !experiments.includes(experiment)) continue;
        yield {
          at: source,
          message: `${experiment.name} takes the only pod of ${name} in ${environment.name}`,
          idea: `${experiment.name} takes the only pod of a service in ${environment.name}`,
          hint: "run two pods there, or take the service out of the experiment",
        };
      }
    }
  },
});

const TAKES_PODS: ReadonlySet<string> = new Set(["pod-kill", "zone-outage"]);
