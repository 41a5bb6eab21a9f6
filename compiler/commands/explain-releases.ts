import { groupBy, list } from "../facts/placement.ts";
import { gatesOf, sightOf, type Gate } from "../facts/release-gates.ts";
import { count, countable, minutes, percent, rate } from "../4-check/gates.ts";
import type { Topology } from "../topology/index.ts";
import type { Slo } from "../topology/rollouts.ts";
import type { Workload } from "../topology/workloads.ts";

/** What is promised of the releases of these workloads, and when it shows: in lines. Nothing where no gate judges them. */
export function releaseLines(
  workloads: readonly Workload[],
  { observability }: Pick<Topology, "observability">,
): string[] {
  const forms = groupBy(workloads, (workload) => JSON.stringify(told(workload, observability)));
  return [...forms.values()].flatMap((same) => {
    const lines = told(same[0]!, observability);
    return lines.length === 0
      ? []
      : [`releases of ${same[0]!.name} on ${list(same.map(({ cluster }) => cluster.name))}`, ...lines];
  });
}

function told(workload: Workload, observability: Topology["observability"]): string[] {
  return gatesOf(workload, observability).flatMap((gate) => [
    `  ${which(workload, gate)} at ${gate.traffic === undefined ? "unknown traffic" : rate(gate.traffic)}:`,
    `    aborts at most ${percent(gate.analysis.falseAbort)} of those that keep their SLOs, passes at most ${percent(gate.analysis.falsePass)} of those that burn ${gate.analysis.burn} times a budget or more`,
    ...countable(gate).map((slo) => `    ${slo.name} (${percent(slo.objective)}) ${seen(gate, slo)}`),
  ]);
}

/** Which analysis of the strategy it is. */
function which({ strategy }: Workload, { analysis }: Gate): string {
  if (strategy.kind !== "blue-green") return `by ${strategy.name},`;
  return `by ${strategy.name}, ${analysis === strategy.prePromotion ? "before" : "after"} the switch,`;
}

function seen(gate: Gate, slo: Slo): string {
  const sight = sightOf(gate, slo);
  if (sight === undefined) return "shows what it sees once `traffic` is written";
  const { needed, earliest, caught, chance } = sight;
  const passes =
    earliest === undefined
      ? `never passes: it sees ${count(sight.seen)} requests of ${count(needed)}`
      : `passes after ${minutes(earliest)} at the earliest, on ${count(needed)} requests without a failure`;
  const aborts =
    caught === undefined
      ? `such a burn aborts ${percent(Math.floor(chance * 100) / 100)} of the releases, the others are held`
      : `such a burn aborts 99 % of the releases within ${minutes(caught)}`;
  return `${passes}; ${aborts}`;
}
