import { boundsAround } from "../../facts/gate/counters.ts";
import { seconds } from "../../config/units.ts";
import type { Slo } from "../../topology/rollouts.ts";
import { defineCheck } from "../check.ts";
import { analysesOf } from "../strategy-users.ts";

export default defineCheck({
  id: "gate/threshold-between-buckets",
  severity: "error",
  risk: true,
  summary: "A rollout gates on a latency that the proxies count",
  why: "Their histograms say how many requests took at most 250 ms and at most 500 ms, and nothing of what lies between. A gate counts requests, and does not guess: held to 300 ms, it would take all up to 500 ms for quick enough.",

  *run({ strategies }) {
    const gated = new Set(strategies.flatMap((strategy) => analysesOf(strategy).flatMap(({ slos }) => slos)));
    for (const slo of gated) yield* between(slo);
  },
});

function* between({ name, source, metric }: Slo) {
  if (metric?.kind !== "latency") return;
  const { below, above, exact } = boundsAround(seconds(metric.threshold) * 1000);
  if (exact) return;
  const bounds = [below, above].flatMap((bound) => (bound === undefined ? [] : [duration(bound)]));
  yield {
    at: `${source}.metric.threshold`,
    message: `${name}: nobody counts the requests within ${metric.threshold}`,
    hint: `${bounds.join(" and ")} ${bounds.length === 1 ? "is the next time that is" : "are the next times that are"} counted`,
  };
}

/** Of milliseconds, as the config writes it. */
const duration = (ms: number): string =>
  ms < 1000 ? `"${ms}ms"` : ms < 60_000 ? `"${ms / 1000}s"` : `"${ms / 60_000}m"`;
