import { isDeepStrictEqual } from "node:util";
import type { Probe } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";

export default defineCheck({
  id: "services/same-probes",
  severity: "error",
  summary: "Liveness and readiness do not ask the same in the same way",
  why: "A container that is overloaded, or waits for what it depends on, should get fewer requests. Where both probes ask the same, it is restarted at that very moment, and its share falls on the others. The charts refuse it.",

  *run(topology) {
    for (const { name, kind, probes } of onePerForm(topology)) {
      const { liveness, readiness } = probes;
      if (kind === "job" || liveness === undefined || readiness === undefined) continue;
      if (!isDeepStrictEqual(asked(liveness), asked(readiness))) continue;
      yield {
        at: liveness.source,
        message: `${name}: the liveness probe is the readiness probe once more`,
        idea: "the liveness probe is the readiness probe once more",
        hint: "ask for less, as a path that touches nothing else, or bear with more `failures`",
      };
    }
  },
});

/** A probe without the place that it comes from. */
const asked = ({ source: _source, ...probe }: Probe): object => probe;
