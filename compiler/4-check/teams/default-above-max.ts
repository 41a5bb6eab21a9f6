import { bytes, cores } from "../../config/units.ts";
import type { Finding } from "../../diagnostics/diagnostic.ts";
import type { Limits } from "../../topology/teams.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "teams/default-above-max",
  severity: "error",
  summary: "What a container gets that says nothing is no more than it may have",
  why: "Kubernetes refuses a LimitRange whose `default` is above its `max`, and with it all that is applied at the same time.",

  *run({ teams }) {
    for (const { name, on } of teams)
      for (const limits of new Set(Object.values(on).flatMap(({ limits }) => limits ?? []))) yield* above(name, limits);
  },
});

function* above(team: string, { max, default: unsaid, written }: Limits): Iterable<Finding> {
  const finding = (field: "cpu" | "memory"): Finding => ({
    at: written.default[field],
    message: `a container of ${team} gets ${unsaid[field]} where it says nothing, and may have ${max[field]}`,
    idea: `a container gets ${unsaid[field]} where it says nothing, and may have ${max[field]}`,
    hint: "lower it, or raise `max`",
    related: [{ at: written.max[field], message: "the most" }],
  });
  if (max.cpu !== undefined && cores(unsaid.cpu) > cores(max.cpu)) yield finding("cpu");
  if (max.memory !== undefined && bytes(unsaid.memory) > bytes(max.memory)) yield finding("memory");
}
