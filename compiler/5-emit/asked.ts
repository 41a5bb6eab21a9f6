import type { Topology } from "../topology/index.ts";
import { fieldAt } from "../facts/differences.ts";
import { onePerForm } from "../facts/placement.ts";
import type { Need } from "./target.ts";

/** What the config itself asks of the targets. */
export function asked(topology: Topology): Need[] {
  const { mesh } = topology.security;
  const forms = onePerForm(topology);
  return [
    ...(mesh.enabled ? [{ word: "mesh", at: `${mesh.source}.enabled`, what: "the mesh, which is on," }] : []),
    ...forms
      .filter(({ strategy }) => strategy.kind !== "rolling")
      .map((workload) => ({
        word: "progressive-delivery",
        at: fieldAt(workload, "rollout"),
        what: `the ${workload.strategy.kind} rollout of ${workload.name}`,
      })),
    ...forms
      .filter(({ scaling }) => scaling.triggers.length > 0)
      .map((workload) => ({
        word: "triggers",
        at: fieldAt(workload, "scaling", "triggers"),
        what: `the triggers of ${workload.name}`,
      })),
    ...forms.flatMap((workload) =>
      workload.alerts.length === 0
        ? []
        : [{ word: "metrics", at: fieldAt(workload, "alerts"), what: `the alerts of ${workload.name}` }],
    ),
    ...topology.workloads
      .filter(({ experiments }) => experiments.length > 0)
      .map((workload) => ({
        word: "faults",
        at: fieldAt(workload, "chaos"),
        what: `the experiments on ${workload.name}`,
      })),
  ];
}
