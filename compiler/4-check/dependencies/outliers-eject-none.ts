import { workloadOn } from "../../facts/placement.ts";
import type { Outliers } from "../../topology/calls.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "dependencies/outliers-eject-none",
  severity: "error",
  risk: true,
  atBounds: true,
  summary: "A service ejects outliers of what has enough pods to go without one",
  why: "Envoy ejects a pod only while the share of those that are out stays within `maxEjected`, and asks all of them again where less than `minHealthy` is left. Of one pod, or of few at a small share, none is ever ejected: the config promises what does not happen.",

  *run(topology) {
    const calls = callsOf(topology);
    // Where it works on some clusters, those with fewer pods go without.
    const working = new Set(
      calls.filter(({ called, outliers }) => ejects(podsOf(called), outliers)).map(({ at }) => at),
    );
    for (const { at, caller, called, outliers } of calls) {
      if (working.has(at)) continue;
      const pods = podsOf(called);
      yield {
        at,
        message: `${caller.name} never ejects a pod of ${called.name}: ${reasonOf(pods, called, outliers)}`,
        hint:
          called.kind === "daemon" || pods === 1
            ? `take it out, or give ${called.name} more pods (\`scaling\`)`
            : `raise \`maxEjected\` to what one pod of ${pods} is, lower \`minHealthy\`, or take it out`,
        related: [
          { at: called.scaling.source, message: `${called.name} has up to ${pods === 1 ? "one pod" : `${pods} pods`}` },
        ],
      };
    }
  },
});

interface Call {
  at: string;
  caller: Workload;
  called: Workload;
  outliers: Outliers;
}

const callsOf = (topology: Topology): Call[] =>
  topology.workloads.flatMap((caller) =>
    caller.dependsOn.flatMap(({ service, call }): Call[] => {
      const called = workloadOn(topology, caller.cluster.name, service);
      return called === undefined || call?.outliers === undefined
        ? []
        : [{ at: `${call.source}.outliers`, caller, called, outliers: call.outliers }];
    }),
  );

/** As many as a caller ever sees: of a daemon the one of its own node. */
const podsOf = ({ kind, scaling }: Workload): number => (kind === "daemon" ? 1 : scaling.max);

/** Whether one pod may be out, and is not asked all the same: the more pods there are, the sooner. */
const ejects = (pods: number, { maxEjected, minHealthy }: Outliers): boolean =>
  100 / pods <= maxEjected && (100 * (pods - 1)) / pods >= minHealthy;

function reasonOf(pods: number, { kind }: Workload, { maxEjected, minHealthy }: Outliers): string {
  if (kind === "daemon") return "it sees the one of its own node";
  const one = pods === 1 ? "its only pod is all of them" : `one of ${pods} is ${Math.ceil(100 / pods)}%`;
  return 100 / pods > maxEjected
    ? `${one}, and at most ${maxEjected}% may be out`
    : `${one}, and less than ${minHealthy}% would be left, so that it is asked all the same`;
}
