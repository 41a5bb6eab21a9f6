import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { analysisTemplate, PROMETHEUS_URL } from "../../facts/names.ts";
import { promDuration, sloQuery, sloVersionSelector, type SloQuery } from "../../facts/queries.ts";
import type { Analysis, ProgressiveStrategy, Slo } from "../../topology/rollouts.ts";
import type { ProgressiveWorkload } from "./progressive.ts";

/**
 * `watch` runs beside the whole rollout, `gate` holds a step until it has passed, `pre` and `post` stand around a
 * switch.
 */
export type Use = "watch" | "gate" | "pre" | "post";

const HASH = "version";

/** How a Rollout refers to an analysis: with the hash of the new version's pods, so that only these are asked about. */
export const analysisUse = ({ name }: ProgressiveWorkload, use: Use) => ({
  templates: [{ templateName: analysisTemplate(name, use) }],
  args: [{ name: HASH, valueFrom: { podTemplateHashValue: "Latest" } }],
});

/** The analyses that a workload's strategy asks for. */
export function analysisTemplates(workload: ProgressiveWorkload): KubernetesObject[] {
  return uses(workload.strategy).map(([use, analysis]) => {
    const { name, namespace, labels } = workload;
    return kubernetesObject(
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "AnalysisTemplate",
        name: analysisTemplate(name, use),
        namespace,
        labels,
        annotations: syncWave(-1),
        source: analysis.source,
      },
      { spec: { args: [{ name: HASH }], metrics: analysis.slos.map((slo) => metric(workload, analysis, slo, use)) } },
    );
  });
}

function uses(strategy: ProgressiveStrategy): [Use, Analysis][] {
  if (strategy.kind === "blue-green") {
    const { prePromotion, postPromotion } = strategy;
    return [
      ...(prePromotion ? [["pre", prePromotion] as [Use, Analysis]] : []),
      ...(postPromotion ? [["post", postPromotion] as [Use, Analysis]] : []),
    ];
  }
  const { analysis } = strategy;
  return analysis === undefined
    ? []
    : [
        ["watch", analysis],
        ["gate", analysis],
      ];
}

/** https://argo-rollouts.readthedocs.io/en/stable/features/analysis/ */
function metric(workload: ProgressiveWorkload, analysis: Analysis, slo: Slo, use: Use): Record<string, unknown> {
  const { window, interval, count, failureLimit, minimumRequests, noTraffic } = analysis;
  const selector = sloVersionSelector(slo, workload, `{{args.${HASH}}}`);
  const query = sloQuery(slo, { selector, window, minimumRequests });
  return {
    name: slo.name,
    interval: promDuration(interval),
    // The window must have filled with the new version's requests before the first measurement.
    initialDelay: promDuration(window),
    ...(use === "watch" ? {} : { count }), // without a count it goes on until the rollout ends
    failureLimit,
    inconclusiveLimit: failureLimit,
    consecutiveErrorLimit: 4, // the controller's default, said: an unreachable Prometheus aborts
    ...conditions(query, noTraffic),
    provider: { prometheus: { address: PROMETHEUS_URL, query: query.query } },
  };
}

/** An empty answer is too little traffic; a measurement that is neither success nor failure is inconclusive. */
function conditions({ comparison, threshold }: SloQuery, noTraffic: Analysis["noTraffic"]): Record<string, string> {
  const nothing = "len(result) == 0 || isNaN(result[0])";
  const something = "len(result) > 0 && !isNaN(result[0])";
  const good = `result[0] ${comparison} ${threshold}`;
  const bad = `result[0] ${comparison === ">=" ? "<" : ">"} ${threshold}`;
  return {
    successCondition: noTraffic === "pass" ? `${nothing} || ${good}` : `${something} && ${good}`,
    failureCondition: noTraffic === "fail" ? `${nothing} || ${bad}` : `${something} && ${bad}`,
  };
}
