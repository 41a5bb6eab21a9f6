import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject, syncWave } from "../../5-emit/kubernetes.ts";
import { seconds, type Duration } from "../../config/units.ts";
import { MIRROR_ROUTE, smokeTestName } from "../../facts/names.ts";
import { isGated } from "../../facts/release-gates.ts";
import type {
  BlueGreenStrategy,
  CanaryStep,
  CanaryStrategy,
  ProgressiveStrategy,
  ShadowStrategy,
} from "../../topology/rollouts.ts";
import type { Workload } from "../../topology/workloads.ts";
import type { ProgressiveWorkload } from "./progressive.ts";
import { analysisUse } from "./analysis.ts";
import { trafficRouting } from "./traffic.ts";

/** https://argo-rollouts.readthedocs.io/en/stable/features/specification/ */
export function rollout(workload: ProgressiveWorkload): KubernetesObject {
  const { name, namespace, labels, selector, scaling, strategy, pods } = workload;
  return kubernetesObject(
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      name,
      namespace,
      labels,
      annotations: syncWave(0),
      source: workload.service.source,
    },
    {
      spec: {
        ...(scaling.fixed ? { replicas: scaling.min } : {}), // an autoscaler owns them otherwise: a second owner would fight it
        selector: { matchLabels: selector },
        // No `scaleDown`: the chart already says `replicas: 0`.
        workloadRef: { apiVersion: "apps/v1", kind: "Deployment", name },
        revisionHistoryLimit: 5,
        ...(pods.minReady === undefined ? {} : { minReadySeconds: seconds(pods.minReady) }),
        progressDeadlineSeconds: seconds(pods.progressDeadline!), // every service has one
        progressDeadlineAbort: true,
        strategy: spec(workload, strategy),
      },
    },
  );
}

function spec(workload: ProgressiveWorkload, strategy: ProgressiveStrategy): Record<string, unknown> {
  switch (strategy.kind) {
    case "canary":
      return {
        canary: {
          ...services(workload),
          ...trafficRouting(workload),
          ...background(workload, strategy, 1),
          steps: canarySteps(workload, strategy),
        },
      };
    case "shadow":
      return {
        canary: {
          ...services(workload),
          ...trafficRouting(workload),
          ...background(workload, strategy, 2),
          steps: shadowSteps(workload, strategy),
        },
      };
    case "blue-green":
      return { blueGreen: blueGreen(workload, strategy) };
  }
}

const services = ({ kubernetesServices: { main, next } }: Workload) => ({ canaryService: next, stableService: main });

/** Watches the new version from its first traffic until it has all of it. */
const background = (
  workload: ProgressiveWorkload,
  { analysis }: CanaryStrategy | ShadowStrategy,
  startingStep: number,
) => (analysis === undefined ? {} : { analysis: { ...analysisUse(workload, "watch"), startingStep } });

/** Steps that must be passed. Those that wait for the gate wait for as long as it takes. */
function canarySteps(
  workload: ProgressiveWorkload,
  { steps, analysis }: Pick<CanaryStrategy, "steps" | "analysis">,
): object[] {
  return steps.flatMap(({ weight, pause }: CanaryStep, index) => {
    const gated = analysis !== undefined && isGated({ steps }, index);
    return [
      { setWeight: weight },
      ...(pause === undefined || pause === "approval" ? [] : [pauseFor(pause)]),
      ...(gated ? [{ analysis: analysisUse(workload, "gate") }] : []),
      ...(pause === "approval" ? [{ pause: {} }] : []),
    ];
  });
}

/**
 * Copies of the live requests first, on pods that get no live traffic, then the steps of a canary.
 * https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/#traffic-mirroring
 */
function shadowSteps(workload: ProgressiveWorkload, strategy: ShadowStrategy): object[] {
  const match = strategy.writes ? [{ path: { prefix: "/" } }] : [{ method: { regex: "GET|HEAD" } }];
  return [
    { setCanaryScale: { replicas: strategy.replicas } },
    { setMirrorRoute: { name: MIRROR_ROUTE, percentage: strategy.mirror, match } },
    pauseFor(strategy.duration),
    ...(strategy.analysis === undefined ? [] : [{ analysis: analysisUse(workload, "gate") }]),
    { setMirrorRoute: { name: MIRROR_ROUTE } }, // without a match it takes the copies away
    ...liveSteps(workload, strategy),
  ];
}

/**
 * The pods of the first weight are there before it. With `matchTrafficWeight` before it, at weight 0, the controller
 * would end the pods that got the copies, and the analysis beside the steps would see a version without requests until
 * new ones have started.
 */
function liveSteps(workload: ProgressiveWorkload, strategy: ShadowStrategy): object[] {
  const [first, ...rest] = canarySteps(workload, strategy);
  if (first === undefined) return []; // what follows the last step is 100 % by itself
  return [
    { setCanaryScale: { weight: strategy.steps[0]!.weight } },
    first,
    { setCanaryScale: { matchTrafficWeight: true } },
    ...rest,
  ];
}

function blueGreen(workload: ProgressiveWorkload, strategy: BlueGreenStrategy): Record<string, unknown> {
  const { main, next } = workload.kubernetesServices;
  return {
    activeService: main,
    previewService: next,
    autoPromotionEnabled: strategy.autoPromote,
    ...(strategy.previewReplicas === undefined ? {} : { previewReplicaCount: strategy.previewReplicas }),
    scaleDownDelaySeconds: Math.ceil(seconds(strategy.keepOldFor)),
    ...before(workload, strategy),
    ...(strategy.postPromotion === undefined ? {} : { postPromotionAnalysis: analysisUse(workload, "post") }),
  };
}

/** What decides before the switch: a smoke test, SLOs, or both in one run. */
function before(workload: ProgressiveWorkload, { prePromotion, smokeTest }: BlueGreenStrategy) {
  const judged = prePromotion === undefined ? { templates: [] } : analysisUse(workload, "pre");
  const templates = [
    ...(smokeTest === undefined ? [] : [{ templateName: smokeTestName(workload.name) }]),
    ...judged.templates,
  ];
  return templates.length === 0 ? {} : { prePromotionAnalysis: { ...judged, templates } };
}

/** A number alone counts as seconds; `duration` is a string or an integer. */
const pauseFor = (duration: Duration) => ({ pause: { duration: `${Math.ceil(seconds(duration))}s` } });
