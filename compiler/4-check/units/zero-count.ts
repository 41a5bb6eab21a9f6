import type { Topology } from "../../3-lower/topology.ts";
import { defineCheck } from "../check.ts";
import { analysesOf } from "../strategy-users.ts";

export default defineCheck({
  id: "units/zero-count",
  severity: "error",
  summary: "Where something has to be there, there is at least one of it",
  why: "Autoscalers refuse to go down to no pods, a preview without pods shows nothing, and an analysis without measurements passes always.",
  atBounds: true,

  *run(topology) {
    for (const { at, value, title } of counts(topology)) {
      if (value < 1) yield { at, message: `${title} is ${value}`, hint: "make it at least 1" };
    }
  },
});

function* counts({ workloads, strategies }: Topology): Generator<{ at: string; value: number; title: string }> {
  for (const { name, scaling } of workloads) {
    yield { at: `${scaling.source}.min`, value: scaling.min, title: `the fewest pods of ${name}` }; // a `max` of 0 is below it, or the same mistake
  }
  for (const strategy of strategies) {
    if (strategy.kind === "blue-green" && strategy.previewReplicas !== undefined)
      yield {
        at: `${strategy.source}.previewReplicas`,
        value: strategy.previewReplicas,
        title: `${strategy.name}: previewReplicas`,
      };
    if (strategy.kind === "shadow")
      yield { at: `${strategy.source}.replicas`, value: strategy.replicas, title: `${strategy.name}: replicas` };
    for (const { source, count } of analysesOf(strategy))
      yield { at: `${source}.count`, value: count, title: `${strategy.name}: the number of measurements` };
  }
}
