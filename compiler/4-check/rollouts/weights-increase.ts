import { boundsAt, showBounds } from "../bounds.ts";
import { defineCheck } from "../check.ts";
import { stepsOf } from "../strategy-users.ts";

export default defineCheck({
  id: "rollouts/weights-increase",
  severity: "error",
  risk: true,
  summary: "Weights increase with every step",
  why: "A lower weight moves traffic back to the old version without being a rollback, and an equal one is a step that does nothing. Where weights are tunable, no proposal may bring that about.",

  // Strategies, not workloads: one mistake is one finding, however many services use it.
  *run(topology) {
    for (const { name, steps } of topology.strategies.map((strategy) => ({
      name: strategy.name,
      steps: stepsOf(strategy),
    }))) {
      const weights = steps.map(({ source, weight }) => boundsAt(topology, `${source}.weight`, weight));
      for (const [index, step] of steps.entries()) {
        const [previous, weight] = [weights[index - 1], weights[index]!];
        if (previous === undefined || weight.lowest > previous.highest) continue;
        yield {
          at: `${step.source}.weight`,
          message: `${name}: weight ${showBounds(weight)} follows ${showBounds(previous)}`,
          hint: previous.highest >= 100 ? "delete this step" : `raise it above ${previous.highest}, or delete the step`,
          related: [{ at: `${steps[index - 1]!.source}.weight`, message: "the step before" }],
        };
      }
    }
  },
});
