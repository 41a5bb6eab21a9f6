import { fieldAt } from "../../facts/differences.ts";
import type { Slo } from "../../topology/rollouts.ts";
import { defineCheck } from "../check.ts";
import { list, workloadOn } from "../../facts/placement.ts";

export default defineCheck({
  id: "slos/stricter-than-dependencies",
  severity: "error",
  risk: true,
  summary: "A service promises no more availability than its critical dependencies allow together",
  why: "It fails whenever one of them does, a service or something outside: the product of what they promise is the most that it can keep. A promise above it is broken even while everybody keeps theirs.",

  *run(topology) {
    for (const workload of topology.workloads) {
      const { name, cluster } = workload;
      // A service that is called at two ports fails once.
      const called = new Map(
        workload.dependsOn.filter(({ critical }) => critical).map((dependency) => [dependency.service, dependency]),
      );
      const needs = [...called.values()].map((dependency) => ({
        ...dependency,
        promise: strictest(workloadOn(topology, cluster.name, dependency.service)?.slos ?? []),
      }));
      // One that promises nothing says nothing about what it allows.
      const limits = [
        ...needs.flatMap(({ source, service, promise }) =>
          promise === undefined ? [] : [{ source, name: service, most: promise.objective }],
        ),
        ...workload.externals.flatMap(({ source, critical, external: { name, availability } }) =>
          critical && availability !== undefined ? [{ source, name, most: availability }] : [],
        ),
      ];
      const most = limits.reduce((product, limit) => product * limit.most, 1);
      for (const [index, slo] of workload.slos.entries()) {
        if (slo.metric?.kind !== "success-rate" || slo.objective <= most + ROUNDING) continue;
        yield {
          at: fieldAt(workload, "slos", index),
          message: `${name} promises ${show(slo.objective)} (${slo.name}), and its critical dependencies allow ${show(most)}: ${list(limits.map((limit) => `${limit.name} ${show(limit.most)}`))}`,
          hint: "promise less, raise what the dependencies promise, or make a dependency `critical: false` where the service answers without it",
          related: limits.map((limit) => ({ at: limit.source, message: limit.name })),
        };
      }
    }
  },
});

/** Below what an objective can be written with. */
const ROUNDING = 1e-9;

const strictest = (slos: readonly Slo[]): Slo | undefined =>
  slos.filter(({ metric }) => metric?.kind === "success-rate").sort((a, b) => b.objective - a.objective)[0];

const show = (fraction: number): string => `${Number((fraction * 100).toFixed(4))} %`;
