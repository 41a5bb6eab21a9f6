import { fieldAt } from "../../facts/differences.ts";
import { defineCheck } from "../check.ts";
import { countable, gatesIn } from "../gates.ts";
import { isCountedByMesh } from "../slo-metrics.ts";

export default defineCheck({
  id: "gate/unknown-traffic",
  severity: "warning",
  summary: "A service with a gate says how many requests it gets",
  why: "Whether a gate can decide at all, and how soon it sees harm, follows from the traffic, the weights and the pauses. Without the first of these it shows at the first release, which hangs.",

  *run(topology) {
    for (const { workload, gate, preview } of gatesIn(topology)) {
      const { name, calledBy, exposure, strategy } = workload;
      const isCalled = calledBy.length > 0 || exposure !== undefined || !gate.analysis.slos.some(isCountedByMesh);
      if (gate.traffic !== undefined || preview || !isCalled) continue; // gate/cannot-decide says the others
      if (countable(gate).length === 0) continue;
      yield {
        at: fieldAt(workload, "rollout"),
        message: `${name}: what its gate can see is unknown, as its traffic is`,
        idea: "the traffic of a service with a gate is unknown",
        hint: 'say how many requests it gets in a quiet hour, as traffic: "20/s"',
        related: [{ at: gate.analysis.source, message: strategy.name }],
      };
    }
  },
});
