import { fieldAt } from "../../facts/differences.ts";
import { sightOf } from "../../facts/release-gates.ts";
import { seconds } from "../../config/units.ts";
import { defineCheck } from "../check.ts";
import { canAbort, countable, gatesIn, minutes, percent, rate } from "../gates.ts";

export default defineCheck({
  id: "gate/too-slow",
  severity: "error",
  risk: true,
  atBounds: true,
  summary: "A burn is caught within the time that `detect.within` says",
  why: "How soon harm is seen follows from the requests that the new version gets, and from nothing else: a gate that is asked to be quicker than its traffic would have to guess.",

  *run(topology) {
    for (const { workload, gate, preview } of gatesIn(topology)) {
      const { analysis, traffic } = gate;
      if (analysis.within === undefined || !canAbort(gate)) continue;
      const within = seconds(analysis.within) / 60;
      for (const slo of countable(gate)) {
        const sight = sightOf(gate, slo);
        if (sight === undefined || (sight.caught !== undefined && sight.caught <= within)) continue;
        const when =
          sight.caught === undefined
            ? `in ${percent(Math.floor(sight.chance * 100) / 100)} of the releases before all is over`
            : `within ${minutes(sight.caught)}`;
        yield {
          at: `${analysis.source}.detect.within`,
          message: `${workload.name}: at ${rate(traffic!)} a burn of ${analysis.burn} times the budget of ${slo.name} (${percent(slo.objective)}) is caught ${when}, not within ${minutes(within)}`,
          hint: `give it more time, larger first weights, or a \`burn\` above ${analysis.burn}, which is seen sooner`,
          related: [
            {
              at: preview ? `${analysis.source}.traffic` : fieldAt(workload, "traffic"),
              message: `the traffic of ${workload.name}`,
            },
          ],
        };
      }
    }
  },
});
