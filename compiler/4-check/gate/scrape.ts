import { defineCheck } from "../check.ts";
import { canAbort, gatesIn, longest, minutes, untilAgreed } from "../gates.ts";

export default defineCheck({
  id: "gate/scrape",
  severity: "error",
  risk: true,
  summary: "A release lasts long enough for votes to agree",
  why: "A gate takes one vote for each minute, or for each scrape where these are further apart, and aborts a release only once `agree` of them speak against it. Where a release is over before, nothing aborts it.",

  *run(topology) {
    const seen = new Set<unknown>();
    for (const { workload, gate } of gatesIn(topology)) {
      const { analysis, promise } = gate;
      if (seen.has(analysis)) continue;
      seen.add(analysis);
      if (canAbort(gate)) continue;
      const isScrape = promise.vote > 60;
      yield {
        at: isScrape ? `${topology.observability.metrics.source}.interval` : `${analysis.source}.agree`,
        message: `${workload.strategy.name}: its releases are over after ${minutes(longest(gate) / 60)}, and ${promise.agree} votes need ${minutes(untilAgreed(gate) / 60)}`,
        hint: isScrape
          ? "scrape more often, or make the pauses longer"
          : "let fewer minutes agree, or make the pauses or `hold` longer",
        related: [{ at: analysis.source, message: workload.strategy.name }],
      };
    }
  },
});
