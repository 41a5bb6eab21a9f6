import type { Analysis, CanaryStep, Strategy } from "../topology/rollouts.ts";

/** Every analysis of a strategy. */
export function analysesOf(strategy: Strategy): Analysis[] {
  const analyses =
    strategy.kind === "rolling"
      ? []
      : strategy.kind === "blue-green"
        ? [strategy.prePromotion, strategy.postPromotion]
        : [strategy.analysis];
  return analyses.filter((analysis) => analysis !== undefined);
}

/** The weights that a strategy goes through. */
export const stepsOf = (strategy: Strategy): readonly CanaryStep[] =>
  strategy.kind === "canary" || strategy.kind === "shadow" ? strategy.steps : [];
