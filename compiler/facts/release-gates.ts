/** What judges the releases of a workload: which promise it keeps, and which requests it sees until when. */
import { seconds } from "../config/units.ts";
import type { Observability } from "../topology/observability.ts";
import type { Analysis, CanaryStep, ProgressiveStrategy, Slo } from "../topology/rollouts.ts";
import type { Workload } from "../topology/workloads.ts";
import { sloCounters, type Counter, type Counters } from "./gate/counters.ts";
import type { GatePromise } from "./gate/promise.ts";
import { caughtBy, earliestPass, requestsToPass, type Look } from "./gate/sight.ts";
import { hasRequests } from "./ports.ts";
import { applicationSelector } from "./queries.ts";

/** A part of a release in which the new version's share of the requests stays the same. */
interface Phase {
  /** Its config path. */
  source: string;
  /** The requests that it gets, as a fraction of those that the service gets: 0–1. */
  share: number;
  /** Its part of the requests of both versions, 0–1; absent where there is no other to compare it with. */
  part?: number;
  /** How long it lasts by itself; 0 where a gate or a person ends it. */
  seconds: number;
  /** Whether a gate has to pass at its end, where there is an analysis. */
  gated: boolean;
  /** Whether a person ends it. */
  approval: boolean;
}

/** One analysis of a release: what it promises, and what it sees. */
export interface Gate {
  analysis: Analysis;
  promise: GatePromise;
  /** In which it looks, in their order; the last one goes on for as long as it holds. */
  phases: readonly Phase[];
  /** Requests a second of which the phases are shares; absent where nobody says them. */
  traffic?: number;
}

/** Whether a step waits for the gate: the last one, each without a pause, and each before a person decides. */
export const isGated = ({ steps }: { steps: readonly CanaryStep[] }, index: number): boolean =>
  index === steps.length - 1 || typeof steps[index]!.pause !== "string" || steps[index]!.pause === "approval";

/** The analyses of a workload's releases. */
export function gatesOf(
  workload: Pick<Workload, "calledBy" | "meshed" | "pods" | "ports" | "strategy" | "traffic">,
  observability: Pick<Observability, "metrics">,
): Gate[] {
  const { strategy, traffic } = workload;
  if (strategy.kind === "rolling") return [];
  const known = traffic === undefined ? {} : { traffic };
  const gate = (analysis: Analysis | undefined, phases: readonly Phase[], requests: { traffic?: number }): Gate[] =>
    analysis === undefined || phases.length === 0 // rollouts/no-steps
      ? []
      : [{ analysis, promise: promiseOf(analysis, phases, workload, observability), phases, ...requests }];
  switch (strategy.kind) {
    case "canary":
    case "shadow":
      return gate(strategy.analysis, phasesOf(strategy), known);
    case "blue-green": {
      const { prePromotion, postPromotion, previewTraffic } = strategy;
      const all = [{ source: strategy.source, share: 1, seconds: 0, gated: true, approval: false }];
      return [
        ...gate(prePromotion, all, previewTraffic === undefined ? {} : { traffic: previewTraffic }),
        ...gate(postPromotion, all, known),
      ];
    }
  }
}

/** Copies are counted by the new version's pods as requests are. */
function phasesOf(strategy: Exclude<ProgressiveStrategy, { kind: "blue-green" }>): Phase[] {
  const copies: Phase[] =
    strategy.kind === "shadow"
      ? [
          {
            source: strategy.source,
            share: strategy.mirror / 100,
            part: strategy.mirror / (100 + strategy.mirror), // the stable version answers what is copied, too
            seconds: seconds(strategy.duration),
            gated: true,
            approval: false,
          },
        ]
      : [];
  return [
    ...copies,
    ...strategy.steps.map(({ source, weight, pause }, index) => ({
      source,
      share: weight / 100,
      part: weight / 100,
      seconds: pause === undefined || pause === "approval" ? 0 : seconds(pause),
      gated: isGated(strategy, index),
      approval: pause === "approval",
    })),
  ];
}

/** Seconds that a vote lasts at least. */
const VOTE = 60;
/** Seconds that a person is waited for: what was counted before that is forgotten. */
const APPROVAL = 86_400;

/** What an analysis promises of each release. `phases` are those that it looks at. */
function promiseOf(
  { slos, falseAbort, falsePass, burn, agree, against, bunches, hold, outage }: Analysis,
  phases: readonly Phase[],
  { calledBy, meshed, pods, ports }: Pick<Workload, "calledBy" | "meshed" | "pods" | "ports">,
  { metrics }: Pick<Observability, "metrics">,
): GatePromise {
  const scrape = Math.max(1, Math.ceil(seconds(metrics.interval)));
  const vote = scrape * Math.ceil(VOTE / scrape);
  // The mesh counts each try where it arrives.
  const retried = new Set(meshed ? ports.filter(hasRequests).map(({ port }) => port) : []);
  const tries = calledBy.map(({ call }) =>
    call?.retries !== undefined && retried.has(call.port) ? 1 + call.retries.attempts : 1,
  );
  const longest = phases.reduce(
    (sum, { seconds: own, gated, approval }) =>
      sum + own + (gated ? seconds(hold) + seconds(outage) : 0) + (approval ? APPROVAL : 0),
    pods.progressDeadline === undefined ? 0 : seconds(pods.progressDeadline),
  );
  return {
    falseAbort,
    falsePass,
    burn,
    agree,
    bunches: bunches === "retries" ? Math.max(1, ...tries) : bunches,
    slos: Math.max(1, slos.length),
    against,
    scrape,
    vote,
    reach: vote * (Math.ceil(longest / vote) + 1),
    outage: seconds(outage),
  };
}

/** What a gate sees: the new version's requests, phase by phase. */
export const looksOf = ({ phases }: Pick<Gate, "phases">, traffic: number): Look[] =>
  phases.map(({ share, part, seconds }) => ({
    requests: traffic * 60 * share,
    minutes: seconds / 60,
    ...(part === undefined ? {} : { share: part }),
  }));

/** The gate that decides first: what it has not seen until then, the others need not be asked. */
export const firstOf = (gate: Gate): Gate => ({
  ...gate,
  phases: gate.phases.slice(0, gate.phases.findIndex(({ gated }) => gated) + 1),
});

/** On what a gate passes an SLO, and when; minutes are from the new version's first request. */
export interface Pass {
  /** Requests without a failure on which it passes. */
  needed: number;
  /** Requests that it sees at most. */
  seen: number;
  /** Earliest pass; absent where it cannot pass. */
  earliest?: number;
}

/** What a gate can know of an SLO, in minutes from the new version's first request. */
export interface Sight extends Pass {
  /** Within which the burn is caught in 99 % of the releases; absent where that is promised nowhere. */
  caught?: number;
  /** Share of the releases with that burn that are aborted: within `caught`, or else before all is over. */
  chance: number;
}

/** Undefined where the traffic is unknown, or the objective allows no failure, or all. */
export function passOf(gate: Gate, { objective }: Pick<Slo, "objective">): Pass | undefined {
  const { analysis, promise, traffic } = gate;
  if (traffic === undefined || objective <= 0 || objective >= 1) return undefined;
  const looks = looksOf(gate, traffic);
  const hold = seconds(analysis.hold) / 60;
  const earliest = earliestPass(objective, promise, looks, hold);
  return {
    needed: Math.ceil(requestsToPass(objective, promise)),
    seen: looks.reduce((sum, { requests, minutes }) => sum + requests * minutes, 0) + hold * looks.at(-1)!.requests,
    ...(earliest === undefined ? {} : { earliest }),
  };
}

/** As {@link passOf}, with how soon harm is caught, which takes some milliseconds to reckon. */
export function sightOf(gate: Gate, slo: Pick<Slo, "objective">): Sight | undefined {
  const pass = passOf(gate, slo);
  if (pass === undefined) return undefined;
  const { analysis, promise, traffic } = gate;
  const { minutes: caught, chance } = reckoned(
    slo.objective,
    promise,
    looksOf(gate, traffic!),
    seconds(analysis.hold) / 60,
  );
  return { ...pass, ...(caught === undefined ? {} : { caught }), chance };
}

/** What was reckoned before: services ask the same few questions, and several checks each of them. */
const answers = new Map<string, ReturnType<typeof caughtBy>>();

function reckoned(...question: Parameters<typeof caughtBy>): ReturnType<typeof caughtBy> {
  const key = JSON.stringify(question);
  let answer = answers.get(key);
  if (answer === undefined) answers.set(key, (answer = caughtBy(...question)));
  return answer;
}

/** What an SLO that has a metric counts of a workload, in all its versions. */
export function countersOf(slo: Slo, workload: Pick<Workload, "name" | "namespace">): Counters {
  const { total, good } = sloCounters(slo, workload);
  if (slo.metric?.kind !== "query") return { total, good };
  const own = ({ name, matchers }: Counter): Counter => ({
    name,
    matchers: [applicationSelector(workload), ...(matchers === "" ? [] : [matchers])].join(","),
  });
  return { total: own(total), good: own(good) };
}
