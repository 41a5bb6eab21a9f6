/** Output that is broken in one way, beside what is not: each must be found by the verdict on one of its releases. */
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import { PREVIEWED, type Copy } from "./scenarios.ts";

/** Which release shows it: the first one, one that is good, or one that breaks an SLO. */
export type Shows = "first" | "good" | "bad";

export interface Mutant extends Copy {
  what: string;
  breaks: (objects: Objects) => unknown;
  shows: Shows;
  finding: RegExp;
}

/** Objects of one workload by kind; of several of a kind, by the end of their name. */
export type Objects = (kind: string, suffix?: string) => Data;

export const pick =
  (objects: readonly KubernetesObject[]): Objects =>
  (kind, suffix = "") => {
    const found = objects.find((object) => object.kind === kind && object.metadata.name.endsWith(suffix));
    if (found === undefined) throw new Error(`no ${kind} …${suffix}`);
    return found;
  };

const scaled = { scaling: { min: 2, max: 4 } };
const canary = (objects: Objects): Data => objects("Rollout").spec.strategy.canary;
const steps = (objects: Objects): Data[] => canary(objects)["steps"];
const remove = (objects: Objects, isOne: (step: Data) => boolean): unknown =>
  steps(objects).splice(steps(objects).findIndex(isOne), 1);
const metrics = (objects: Objects, suffix: string): Data[] => objects("AnalysisTemplate", suffix).spec.metrics;

export const mutants: readonly Mutant[] = [
  {
    name: "m-replicas-left",
    of: "storefront",
    what: "replicas left in the Deployment",
    breaks: (o) => (o("Deployment").spec.replicas = 1),
    shows: "first",
    finding: /pods outside of the Rollout: .* of Deployment/,
  },
  {
    name: "m-replicas-unsaid",
    of: "checkout",
    what: "no replicas in the Deployment, which means one",
    breaks: (o) => delete o("Deployment").spec.replicas,
    shows: "first",
    finding: /pods outside of the Rollout: .* of Deployment/,
  },
  {
    name: "m-other-stable",
    of: "storefront",
    what: "a stable Service that is another's",
    breaks: (o) => (canary(o).stableService = "checkout"),
    shows: "first",
    finding: /ended Degraded: InvalidSpec/,
  },
  {
    name: "m-swapped-services",
    of: "storefront",
    what: "stable and canary Service exchanged",
    breaks: (o) =>
      Object.assign(canary(o), { stableService: canary(o).canaryService, canaryService: canary(o).stableService }),
    shows: "good",
    finding: /selects a version that is not trusted yet|weights went/,
  },
  {
    name: "m-no-template",
    of: "storefront",
    what: "an AnalysisTemplate that is not there",
    breaks: (o) => (canary(o).analysis.templates[0].templateName = "nowhere"),
    shows: "first",
    finding: /ended Degraded: InvalidSpec/,
  },
  {
    name: "m-lost-step",
    of: "storefront",
    what: "a step that is missing",
    breaks: (o) => remove(o, ({ setWeight }) => setWeight === 25),
    shows: "good",
    finding: /weights went 0 → 5 → 50 /,
  },
  {
    name: "m-no-routing",
    of: "storefront",
    what: "a Rollout that moves no route",
    breaks: (o) => delete canary(o).trafficRouting,
    shows: "good",
    finding: /weights went 0, not/,
  },
  {
    name: "m-second-route",
    of: "storefront",
    what: "a route beside those that the Rollout moves, whose weights never return",
    breaks: (o) => {
      const { http } = o("VirtualService").spec;
      http.push({ ...structuredClone(http[0]), name: "other" });
      http[1].route[0].weight = 90;
      http[1].route[1].weight = 10;
    },
    shows: "bad",
    finding: /weights stay at 0 and 10/,
  },
  {
    name: "m-every-version",
    of: "storefront",
    what: "queries without the version's selector: the canary's failures drown",
    breaks: (o) => {
      for (const suffix of ["-watch", "-gate"])
        for (const { provider } of metrics(o, suffix))
          provider.prometheus.query = provider.prometheus.query.replaceAll(/,rollouts_pod_template_hash="[^"]*"/g, "");
    },
    shows: "bad",
    finding: /not aborted by an analysis/,
  },
  {
    name: "m-patient",
    of: "storefront",
    what: "an analysis that nothing fails",
    breaks: (o) => {
      for (const suffix of ["-watch", "-gate"])
        for (const metric of metrics(o, suffix))
          Object.assign(metric, { successCondition: "true", failureCondition: "false" });
    },
    shows: "bad",
    finding: /not aborted by an analysis/,
  },
  {
    name: "m-unwatched",
    of: "storefront",
    what: "no analysis beside the steps",
    breaks: (o) => delete canary(o).analysis,
    shows: "good",
    finding: /no analysis was Successful: Background/,
  },
  {
    name: "m-blind-switch",
    of: PREVIEWED,
    what: "a switch before any analysis",
    breaks: (o) => delete o("Rollout").spec.strategy.blueGreen.prePromotionAnalysis,
    shows: "good",
    finding: /callers were switched while the analysis was: not there/,
  },
  {
    name: "m-unjudged-switch",
    of: "checkout",
    what: "no analysis after the switch",
    breaks: (o) => delete o("Rollout").spec.strategy.blueGreen.postPromotionAnalysis,
    shows: "bad",
    finding: /not aborted by an analysis/,
  },
  {
    name: "m-preview-is-live",
    of: "checkout",
    what: "one Service for preview and callers",
    breaks: (o) =>
      (o("Rollout").spec.strategy.blueGreen.previewService = o("Rollout").spec.strategy.blueGreen.activeService),
    shows: "first",
    finding: /ended Degraded: InvalidSpec/,
  },
  {
    name: "m-copies-stay",
    of: "recommendations",
    what: "copies that nothing takes away",
    breaks: (o) => remove(o, ({ setMirrorRoute }) => setMirrorRoute && setMirrorRoute.match === undefined),
    shows: "good",
    finding: /live requests while copies flow|copies flow after the first live request/,
  },
  {
    name: "m-copies-to-nobody",
    of: "recommendations",
    what: "copies without a pod for them",
    breaks: (o) => remove(o, ({ setCanaryScale }) => setCanaryScale?.replicas === 1),
    shows: "good",
    finding: /copies go to no pod|no request was copied/,
  },
  {
    name: "m-live-copies",
    of: "recommendations",
    what: "live requests before the copies",
    breaks: (o) => steps(o).unshift({ setWeight: 10 }),
    shows: "good",
    finding: /live requests while copies flow/,
  },
  {
    name: "m-unmanaged",
    of: "recommendations",
    what: "a mirror route that the Rollout does not manage",
    breaks: (o) => delete canary(o).trafficRouting.managedRoutes,
    shows: "first",
    finding: /ended Degraded: InvalidSpec/,
  },
  {
    name: "m-two-owners",
    of: "storefront",
    change: scaled,
    what: "replicas beside an autoscaler",
    breaks: (o) => (o("Rollout").spec.replicas = 1),
    shows: "good",
    finding: /the Rollout wanted .* pods, not always 2/,
  },
];
