import { fieldAt } from "../../facts/differences.ts";
import { sightOf } from "../../facts/release-gates.ts";
import { defineCheck } from "../check.ts";
import { canAbort, countable, gatesIn, percent, rate } from "../gates.ts";

export default defineCheck({
  id: "gate/seldom-caught",
  severity: "warning",
  atBounds: true,
  summary: "A burn is caught in 99 % of the releases before they are over",
  why: "What burns the error budget does not pass. But where the new version gets few requests, it is not aborted in time either: it stays at its last weight until `hold` is over, and then waits for a person, while it burns.",

  *run(topology) {
    for (const { workload, gate, preview } of gatesIn(topology)) {
      const { analysis, traffic } = gate;
      if (analysis.within !== undefined || !canAbort(gate)) continue; // gate/too-slow and gate/scrape say so
      for (const slo of countable(gate)) {
        const sight = sightOf(gate, slo);
        if (sight === undefined || sight.caught !== undefined || sight.earliest === undefined) continue;
        yield {
          at: preview ? `${analysis.source}.traffic` : fieldAt(workload, "traffic"),
          message: `${workload.name}: at ${rate(traffic!)} a burn of ${analysis.burn} times the budget of ${slo.name} (${percent(slo.objective)}) aborts ${percent(Math.floor(sight.chance * 100) / 100)} of its releases; the others are held until a person decides`,
          idea: `${workload.strategy.name} rarely sees a burn of ${slo.name}`,
          hint: `longer pauses, larger first weights, a longer \`hold\`, or a \`burn\` above ${analysis.burn}, which is seen sooner`,
          related: [{ at: analysis.source, message: workload.strategy.name }],
        };
      }
    }
  },
});
