/**
 * What the config promises about a release, held against what was seen of it. Each verdict is a list of findings, empty
 * where all is well.
 */
import type { ProgressiveWorkload } from "./compiled.ts";
import type { State } from "./observe.ts";

export type Verdict = (workload: ProgressiveWorkload, states: readonly State[]) => string[];

const finding = (text: string, isWrong: boolean): string[] => (isWrong ? [text] : []);

/** A release that nothing speaks against: every step in its order, and at the end the new version has all. */
export const walked: Verdict = (workload, states) => [
  ...contained(workload, states),
  ...ended(workload, states),
  ...judged(workload, states, "Successful"),
  ...(workload.strategy.kind === "blue-green" ? switchedLate(workload, states) : steps(workload, states)),
];

/** The first release has nothing to compare with: all pods at once, and none elsewhere. */
export const started: Verdict = (workload, states) => [
  ...noStrays(states),
  ...ended(workload, states),
  ...finding(
    `weights were ${shown(weightsOf(states))}`,
    weightsOf(states).some((weight) => weight !== "0"),
  ),
];

/** A release whose first pods never run: nothing else runs either, and the controller says what is wrong. */
export const stuck: Verdict = (_, states) => {
  const last = states.at(-1)!;
  return [
    ...noStrays(states),
    ...finding(`${count(last.ready)} pods are ready`, count(last.ready) > 0),
    ...finding(
      `ended ${last.phase}: ${last.message}`,
      last.phase !== "Degraded" || !/timed out progressing|exceeded its progress deadline/.test(last.message),
    ),
  ];
};

/** A release that breaks an SLO: tried, failed by analysis, and everything is as it was before. */
export const aborted: Verdict = (workload, states) => {
  const [before, last] = [states[0]!, states.at(-1)!];
  const { strategy, slos } = workload;
  const tried =
    strategy.kind === "blue-green"
      ? states.some(({ next }) => next !== before.main)
      : states.some(({ weights, mirrors }) => mirrors.length > 0 || Math.max(0, ...weights) > 0);
  return [
    ...contained(workload, states),
    ...finding(
      `ended ${last.phase}: ${last.message}, not aborted by an analysis`,
      !last.aborted ||
        last.phase !== "Degraded" ||
        !slos.some(({ name }) =>
          [name, `${name}-watch`].some((metric) => last.message.includes(`Metric "${metric}" assessed Failed`)),
        ),
    ),
    ...judged(workload, states, "Failed"),
    ...finding("no request ever reached the new version", !tried),
    ...finding(
      `weights stay at ${last.weights.join(" and ")}`,
      last.weights.some((weight) => weight !== 0),
    ),
    ...finding("requests are still copied", last.mirrors.length > 0),
    ...finding("callers do not reach the version before", last.main !== before.main || last.stable !== before.stable),
    ...finding(
      "the version before has too few pods",
      states.some(({ ready }) => (ready[before.main] ?? 0) < last.replicas),
    ),
  ];
};

/**
 * A release that no request says anything about, where that neither passes nor fails: a person is asked, and callers
 * notice nothing.
 */
export const undecided: Verdict = (workload, states) => {
  const last = states.at(-1)!;
  return [
    ...contained(workload, states),
    ...judged(workload, states, "Inconclusive"),
    ...finding(
      `ended ${last.phase} (${last.paused.join() || "not paused"}): ${last.message}, not paused by an inconclusive analysis`,
      last.phase !== "Paused" || !last.paused.includes("InconclusiveAnalysisRun"),
    ),
  ];
};

/** A release that waits for a person after its last analysis. */
export const waiting: Verdict = (workload, states) => {
  const last = states.at(-1)!;
  return [
    ...contained(workload, states),
    ...finding(
      `ended ${last.phase} (${last.paused.join()})`,
      last.phase !== "Paused" || !last.paused.includes("CanaryPauseStep"),
    ),
  ];
};

/** Whatever the release does: the number of pods is the autoscaler's, or the config's where there is none. */
export const steady: Verdict = ({ scaling }, states) => {
  const seen = new Set(states.map(({ replicas }) => replicas));
  return finding(
    `the Rollout wanted ${[...seen].join(", ")} pods, not always ${scaling.min}`,
    seen.size !== 1 || !seen.has(scaling.min),
  );
};

/** What holds at every moment of any release. */
function contained({ strategy }: ProgressiveWorkload, states: readonly State[]): string[] {
  const before = states[0]!.main;
  // A canary's Services are exchanged at the end; until then callers' own holds what was trusted.
  const early =
    strategy.kind !== "blue-green" &&
    states.some(({ main, newest, stable }) => main !== before && !(main === newest && main === stable));
  return [...noStrays(states), ...finding("callers' Service selects a version that is not trusted yet", early)];
}

const noStrays = (states: readonly State[]): string[] => {
  const strays = new Set(states.flatMap(({ strays }) => strays));
  return finding(`pods outside of the Rollout: ${[...strays].join(", ")}`, strays.size > 0);
};

function ended({ scaling }: ProgressiveWorkload, states: readonly State[]): string[] {
  const { phase, message, newest, stable, main, ready, weights, mirrors } = states.at(-1)!;
  return [
    ...finding(`ended ${phase}: ${message}, not Healthy`, phase !== "Healthy"),
    ...finding("the new version is not the trusted one", newest !== stable || main !== newest),
    ...finding(`${ready[newest] ?? 0} pods of the new version, not ${scaling.min}`, (ready[newest] ?? 0) < scaling.min),
    ...finding(
      `weights stay at ${weights.join(" and ")}`,
      weights.some((weight) => weight !== 0),
    ),
    ...finding("requests are still copied", mirrors.length > 0),
  ];
}

/** Weights in the config's order, copies before them and on pods of their own. */
function steps({ strategy }: ProgressiveWorkload, states: readonly State[]): string[] {
  if (strategy.kind === "blue-green" || states[0]!.weights.length === 0) return [];
  const wanted = ["0", ...strategy.steps.map(({ weight }) => String(weight)), "100", "0"];
  const seen = weightsOf(states);
  return [
    ...finding(`weights went ${shown(seen)}, not ${shown(wanted)}`, shown(seen) !== shown(wanted)),
    ...(strategy.kind === "shadow" ? copies(strategy, states) : []),
  ];
}

function copies({ mirror, replicas }: { mirror: number; replicas: number }, states: readonly State[]): string[] {
  const copying = states.filter(({ mirrors }) => mirrors.length > 0);
  const firstLive = states.findIndex(({ weights }) => Math.max(0, ...weights) > 0);
  return [
    ...finding("no request was copied", copying.length === 0),
    ...finding(
      `copies of ${copying[0]?.mirrors.join()} %, not ${mirror}`,
      copying.some(({ mirrors }) => mirrors.some((share) => share !== mirror)),
    ),
    ...finding(
      "live requests while copies flow",
      copying.some(({ weights }) => weights.some((weight) => weight > 0)),
    ),
    ...finding(
      "copies go to no pod",
      copying.some(({ ready, newest }) => (ready[newest] ?? 0) < replicas),
    ),
    ...finding(
      "copies flow after the first live request",
      firstLive >= 0 && states.slice(firstLive).some(({ mirrors }) => mirrors.length > 0),
    ),
  ];
}

/** Callers' Service moves once the analysis before it has passed, and not before. */
function switchedLate({ strategy }: ProgressiveWorkload, states: readonly State[]): string[] {
  if (strategy.kind !== "blue-green" || strategy.prePromotion === undefined) return [];
  const before = states[0]!.main;
  const early = states.find(({ main, runs }) => main !== before && !runs.includes("PrePromotion Successful"));
  return finding(
    `callers were switched while the analysis was: ${early?.runs.join() || "not there"}`,
    early !== undefined,
  );
}

/** The kinds of AnalysisRuns that a strategy's analyses become. */
function kindsOf({ strategy }: ProgressiveWorkload): string[] {
  if (strategy.kind === "blue-green")
    return [...(strategy.prePromotion ? ["PrePromotion"] : []), ...(strategy.postPromotion ? ["PostPromotion"] : [])];
  return strategy.analysis === undefined ? [] : ["Background", "Step"];
}

/** Successful: each kind has passed. Otherwise: one has ended so. */
function judged(
  workload: ProgressiveWorkload,
  states: readonly State[],
  phase: "Successful" | "Failed" | "Inconclusive",
): string[] {
  const runs = new Set(states.flatMap(({ runs }) => runs));
  const kinds = kindsOf(workload);
  const absent = kinds.filter((kind) => !runs.has(`${kind} ${phase}`));
  const wrong = phase === "Successful" ? absent.length > 0 : absent.length === kinds.length;
  return finding(`no analysis was ${phase}: ${absent.join(", ")} among ${[...runs].join(", ") || "none"}`, wrong);
}

/** One after the other, as routes say: `5`, or `5|20` where they differ. */
function weightsOf(states: readonly State[]): string[] {
  const all = states.filter(({ weights }) => weights.length > 0).map(({ weights }) => [...new Set(weights)].join("|"));
  return all.filter((weight, index) => weight !== all[index - 1]);
}

const shown = (weights: readonly string[]): string => weights.join(" → ");
const count = (ready: Readonly<Record<string, number>>): number =>
  Object.values(ready).reduce((sum, each) => sum + each, 0);
