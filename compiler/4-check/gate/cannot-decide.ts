import { fieldAt } from "../../facts/differences.ts";
import { firstOf, looksOf, passOf } from "../../facts/release-gates.ts";
import { seconds } from "../../config/units.ts";
import { defineCheck } from "../check.ts";
import { asRate, canAbort, count, countable, gatesIn, percent, rate, type WorkloadGate } from "../gates.ts";
import { isCountedByMesh } from "../slo-metrics.ts";

export default defineCheck({
  id: "gate/cannot-decide",
  severity: "error",
  risk: true,
  atBounds: true,
  summary: "A gate sees enough requests to pass",
  why: "A release passes once so many requests have been answered that a burn of the error budget would have shown. Where the pauses and `hold` bring fewer, no release passes, however good it is: each of them waits for a person.",

  *run(topology) {
    for (const found of gatesIn(topology)) yield* found.gate.traffic === undefined ? unseen(found) : tooFew(found);
  },
});

/** Nobody is there whose requests it could see. */
function* unseen({ workload, gate: { analysis }, preview }: WorkloadGate) {
  const { name, strategy, calledBy, exposure } = workload;
  if (preview) {
    yield {
      at: analysis.source,
      message: `${strategy.name}: nobody calls the preview, so that its SLOs are never judged and every release waits`,
      hint: "say with `traffic` how many requests something sends to it, call it yourself with a `smokeTest`, judge after the switch with `postPromotion`, or let a person switch with `autoPromote: false`",
    };
  } else if (calledBy.length === 0 && exposure === undefined && analysis.slos.some(isCountedByMesh)) {
    yield {
      at: fieldAt(workload, "rollout"),
      message: `${name}: nothing in the config calls it, so that its gate sees no requests`,
      idea: "a gate of a service that nothing calls",
      hint: 'say who calls it (`dependsOn` of the caller, `exposure`) or how many requests come (`traffic`); or let a person decide, with `pause: "approval"` and no analysis',
      related: [{ at: analysis.source, message: strategy.name }],
    };
  }
}

function* tooFew({ workload, gate, preview }: WorkloadGate) {
  const { analysis, traffic } = gate;
  const first = firstOf(gate);
  if (!canAbort(gate)) return; // gate/scrape
  for (const slo of countable(gate)) {
    const { needed, seen, earliest } = passOf(first, slo)!;
    if (earliest !== undefined) continue;
    const last = looksOf(first, traffic!).at(-1)!.requests;
    const hold = Math.ceil(seconds(analysis.hold) / 60 + (needed - seen) / last);
    const enough = last === 0 ? "" : `, or hold: "${hold}m"; ${asRate((traffic! * needed) / seen)} would do, too`;
    yield {
      at: preview ? `${analysis.source}.traffic` : fieldAt(workload, "traffic"),
      message: `${workload.name}: at ${rate(traffic!)} its gate sees ${count(seen)} requests, and passes ${slo.name} (${percent(slo.objective)}) on ${count(needed)} without a failure`,
      hint: `make the pauses or the weights before the first gate larger${enough}; or let a person decide, with \`pause: "approval"\` and no analysis`,
      related: [{ at: analysis.source, message: workload.strategy.name }],
    };
  }
}
