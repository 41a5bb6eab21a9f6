import { childPath } from "../../diagnostics/config-path.ts";
import type { Analysis, Strategy } from "../../topology/rollouts.ts";
import { defineCheck } from "../check.ts";
import { canBurn, percent } from "../gates.ts";
import { analysesOf } from "../strategy-users.ts";

export default defineCheck({
  id: "gate/cannot-fail",
  severity: "error",
  risk: true,
  summary: "A gate can fail",
  why: "A gate that lets everything through looks like one to whoever reads the config, and is none: copies that nobody judges, or a harm that is worse than if every request failed.",

  *run({ strategies }) {
    for (const strategy of strategies) {
      if (strategy.kind === "shadow" && strategy.analysis === undefined && !isAwaited(strategy))
        yield {
          at: strategy.source,
          message: `${strategy.name}: nobody judges the copies`,
          hint: 'add an `analysis` of what the copies are answered, or a step with pause: "approval" before which a person looks at them',
        };
      for (const analysis of analysesOf(strategy)) yield* beyondAll(strategy, analysis);
    }
  },
});

const isAwaited = ({ steps }: Strategy & { kind: "shadow" }): boolean =>
  steps.some(({ pause }) => pause === "approval");

function* beyondAll({ name }: Strategy, { source, slos, burn }: Analysis) {
  for (const [index, slo] of slos.entries()) {
    if (slo.objective <= 0 || canBurn(burn, slo.objective)) continue; // slos/no-error-budget
    const most = Array.from({ length: burn - 1 }, (_, less) => burn - less).find((one) => canBurn(one, slo.objective));
    yield {
      at: childPath(`${source}.slos`, index),
      message: `${name}: ${burn} times the failures that ${slo.name} (${percent(slo.objective)}) allows are more than all requests, so that nothing is aborted`,
      hint:
        most === undefined || most < 2
          ? "gate on an SLO with a higher objective"
          : `detect: { burn: ${most} } is the most`,
      related: [{ at: slo.source, message: slo.name }],
    };
  }
}
