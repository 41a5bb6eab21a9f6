import { seconds, type Duration } from "../../config/units.ts";
import type { Topology } from "../../3-lower/topology.ts";
import { defineCheck } from "../check.ts";
import { onePerService } from "../placement.ts";
import { analysesOf, stepsOf } from "../strategy-users.ts";

export default defineCheck({
  id: "units/zero-duration",
  severity: "error",
  summary: "Windows, intervals and lengths of time are longer than nothing",
  why: "A window of no length holds no events, and an interval of none never passes: what they belong to would never act, or never stop.",

  *run(topology) {
    for (const [at, duration] of durations(topology)) {
      if (seconds(duration) === 0)
        yield { at, message: `${duration} is no time at all`, hint: 'write a length, as "5m", or leave the field out' };
    }
  },
});

/** Every length of time that must not be nothing. Delays before a first try, jitter and what is kept after a switch may be. */
function* durations(topology: Topology): Generator<[at: string, duration: Duration]> {
  const { slos, strategies, resilience, observability, secrets, optimization } = topology;
  for (const { source, window, metric } of slos) {
    yield [`${source}.window`, window];
    if (metric?.kind === "latency") yield [`${metric.source}.threshold`, metric.threshold];
  }
  for (const strategy of strategies) {
    for (const { source, pause } of stepsOf(strategy))
      if (pause !== undefined && pause !== "approval") yield [`${source}.pause`, pause];
    if (strategy.kind === "shadow") yield [`${strategy.source}.duration`, strategy.duration];
    for (const { source, window, interval } of analysesOf(strategy)) {
      yield [`${source}.window`, window];
      yield [`${source}.interval`, interval];
    }
  }
  for (const { probes } of onePerService(topology)) {
    for (const { source, every, timeout } of Object.values(probes)) {
      yield [`${source}.every`, every];
      yield [`${source}.timeout`, timeout];
    }
  }
  for (const experiment of resilience.experiments) {
    if (experiment.kind === "network-delay") yield [`${experiment.source}.latency`, experiment.latency];
  }
  for (const { source, rotate } of secrets) if (rotate !== undefined) yield [`${source}.rotate`, rotate];
  const { metrics, traces, logs } = observability;
  yield [`${metrics.source}.interval`, metrics.interval];
  yield [`${metrics.source}.retention`, metrics.retention];
  yield [`${traces.source}.retention`, traces.retention];
  yield [`${logs.source}.retention`, logs.retention];
  if (optimization !== undefined) yield [`${optimization.source}.proposalExpiry`, optimization.proposalExpiry];
}
