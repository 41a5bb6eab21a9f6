import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { seconds } from "../../config/units.ts";
import { abortAt, passAt } from "../../facts/gate/promise.ts";
import { gateQuery, watchQuery } from "../../facts/gate/queries.ts";
import { analysisTemplate, PROMETHEUS_URL } from "../../facts/names.ts";
import { countersOf, gatesOf, type Gate } from "../../facts/release-gates.ts";
import type { Observability } from "../../topology/observability.ts";
import type { Analysis, Slo } from "../../topology/rollouts.ts";
import type { ProgressiveWorkload } from "./progressive.ts";

/**
 * `watch` runs beside the whole rollout and aborts it, `gate` holds a step until it has passed, `pre` and `post` stand
 * around a switch and do both.
 */
export type Use = "watch" | "gate" | "pre" | "post";

/** The pods' template hash of the version that is judged, and of the one that serves: what Argo Rollouts calls `args`. */
const ARGS = { version: "Latest", stable: "Stable" } as const;
type Arg = keyof typeof ARGS;

/** The gate looks at one version, and a switch has no other. */
const argsOf = (use: Use): readonly Arg[] => (use === "watch" ? ["version", "stable"] : ["version"]);

/** How a Rollout refers to an analysis: with the hashes of the pods that it asks about. */
export const analysisUse = ({ name }: ProgressiveWorkload, use: Use) => ({
  templates: [{ templateName: analysisTemplate(name, use) }],
  args: argsOf(use).map((name) => ({ name, valueFrom: { podTemplateHashValue: ARGS[name] } })),
});

/** The analyses that a workload's strategy asks for. */
export function analysisTemplates(
  workload: ProgressiveWorkload,
  observability: Pick<Observability, "metrics">,
): KubernetesObject[] {
  const { name, namespace, labels } = workload;
  return gatesOf(workload, observability).flatMap((gate) =>
    usesOf(workload, gate.analysis).map((use) =>
      kubernetesObject(
        {
          apiVersion: "argoproj.io/v1alpha1",
          kind: "AnalysisTemplate",
          name: analysisTemplate(name, use),
          namespace,
          labels,
          annotations: syncWave(-1),
          source: gate.analysis.source,
        },
        {
          spec: {
            args: argsOf(use).map((name) => ({ name })),
            metrics: gate.analysis.slos.flatMap((slo) => metricsOf(workload, gate, slo, use)),
          },
        },
      ),
    ),
  );
}

function usesOf({ strategy }: ProgressiveWorkload, analysis: Analysis): readonly Use[] {
  if (strategy.kind !== "blue-green") return ["watch", "gate"];
  return [analysis === strategy.prePromotion ? "pre" : "post"];
}

function metricsOf(workload: ProgressiveWorkload, gate: Gate, slo: Slo, use: Use): object[] {
  switch (use) {
    case "watch":
      return [{ name: slo.name, ...watching(workload, gate, slo) }];
    case "gate":
      return [{ name: slo.name, ...passing(workload, gate, slo) }];
    case "pre":
    case "post":
      // Both of one name would be one metric. The votes go on for as long as the gate may look.
      return [
        { name: `${slo.name}-watch`, ...watching(workload, gate, slo), count: looks(gate) },
        { name: slo.name, ...passing(workload, gate, slo) },
      ];
  }
}

/** The hashes as the template is given them. */
const VERSION = "{{args.version}}";
const STABLE = "{{args.stable}}";

/**
 * Aborts at the first answer that is enough, since the answer adds up all that was seen; all else goes on, an empty
 * answer too. Without a count it goes on until the release ends.
 */
function watching(workload: ProgressiveWorkload, gate: Gate, slo: Slo) {
  const { promise } = gate;
  const versions = promise.against === "objective" ? { latest: VERSION } : { latest: VERSION, stable: STABLE };
  return {
    ...looking(gate),
    failureCondition: `len(result) > 0 && result[0] >= ${abortAt(promise)}`,
    failureLimit: 0,
    ...asking(watchQuery(countersOf(slo, workload), slo.objective, promise, versions)),
  };
}

/**
 * Passes at the first answer that is enough, and never fails: harm is what the watch sees. Undecided to its end it is
 * inconclusive, which pauses the release for a person.
 */
function passing(workload: ProgressiveWorkload, gate: Gate, slo: Slo) {
  const { promise } = gate;
  return {
    ...looking(gate),
    count: looks(gate), // an analysis between steps has to have one
    successCondition: `len(result) > 0 && result[0] <= ${passAt(promise)}`,
    failureCondition: "false", // without one, what is no success would be a failure
    failureLimit: 0,
    consecutiveSuccessLimit: 1,
    inconclusiveLimit: looks(gate),
    ...asking(gateQuery(countersOf(slo, workload), slo.objective, promise, { latest: VERSION })),
  };
}

/** Seconds after which the controller asks again where it got no answer: DefaultErrorRetryInterval of its analysis/analysis.go. */
const RETRY = 10;

/**
 * A look at each vote. One that gets no answer is none and is repeated, so that the limit is a time.
 * https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
 */
const looking = ({ analysis, promise }: Gate) => ({
  interval: `${promise.vote}s`,
  consecutiveErrorLimit: Math.ceil(seconds(analysis.outage) / RETRY),
});

/** How often a gate looks before it leaves the release to a person. */
const looks = ({ analysis, promise }: Gate): number => Math.max(1, Math.ceil(seconds(analysis.hold) / promise.vote));

const asking = (query: string) => ({ provider: { prometheus: { address: PROMETHEUS_URL, query } } });
