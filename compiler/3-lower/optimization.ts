import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Optimization } from "../topology/optimization.ts";
import { canonical } from "./resolve.ts";

export const lowerOptimization = ({ optimization }: Ecosystem): Optimization | undefined =>
  optimization && {
    source: "optimization",
    engine: optimization.engine ?? "hybrid",
    cadence: optimization.cadence,
    objective: canonical(optimization.objective),
    apply: optimization.apply ?? "pull-request",
    proposalExpiry: optimization.proposalExpiry ?? "7d",
  };
