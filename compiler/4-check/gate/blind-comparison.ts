import { gatesIn, percent } from "../gates.ts";
import { defineCheck } from "../check.ts";

/** Share of the requests below which the stable version is no measure. */
const LEAST = 0.1;

export default defineCheck({
  id: "gate/blind-comparison",
  severity: "warning",
  atBounds: true,
  summary: "A new version that is compared leaves requests to the other one",
  why: "Whether a failure is the new version's fault or that of something both call is told by whose failures there are. Where nearly all requests go to the new version, nearly all failures are its own either way: the comparison finds nothing, and nothing is aborted.",

  *run(topology) {
    const seen = new Set<unknown>();
    for (const { workload, gate } of gatesIn(topology)) {
      const { analysis, phases } = gate;
      if (analysis.against === "objective" || seen.has(analysis)) continue;
      seen.add(analysis);
      const blind = phases.filter(({ part = 0 }) => 1 - part < LEAST);
      const time = (all: typeof phases): number => all.reduce((sum, phase) => sum + phase.seconds, 0);
      if (blind.length === 0 || 2 * time(blind) < time(phases)) continue;
      yield {
        at: `${blind[0]!.source}.weight`,
        message: `${workload.strategy.name}: for most of the release the stable version gets ${percent(1 - blind[0]!.part!)} of the requests, and is what the new one is compared with`,
        hint: 'take smaller weights for most of the time, or hold it against: "objective"',
        related: [{ at: analysis.source, message: "the analysis" }],
      };
    }
  },
});
