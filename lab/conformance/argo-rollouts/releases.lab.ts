/**
 * The releases of both ecosystems: what the controller of Argo Rollouts does with them, by its own status, and what the
 * real Prometheus tells it.
 */
import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { PACKAGE_ROOT } from "../../../compiler/package-root.ts";
import { CONTROL_PLANE } from "../../cluster/index.ts";
import { neededTool } from "../../cluster/tools.ts";
import { labSuite } from "../../lab-suite.ts";
import { record } from "../../record/notes.ts";
import { packages } from "../../toolchain/versions.ts";
import { filesOf } from "./compiled.ts";
import { compileFleet, Fleet, type Ecosystem, type Member, type Seen } from "./fleet.ts";
import { mutants, type Shows } from "./mutants.ts";
import type { State } from "./observe.ts";
import { NEVER_STARTS, PREVIEWED, UNDECIDED } from "./scenarios.ts";
import { aborted, started, steady, stuck, undecided, waiting, walked, type Verdict } from "./verdicts.ts";

const test = labSuite("argo-rollouts", [
  ...CONTROL_PLANE,
  "helm",
  "rollouts-controller",
  "kubectl-argo-rollouts",
  "prometheus",
]);

/** Seconds that a release may take. All end as soon as they can; a machine that builds at the same time is slow. */
const PATIENCE = 240;

let ecosystems: Ecosystem[];
let fleet: Fleet;
test.after(() => fleet?.stop());

const silent = Object.keys(UNDECIDED);
const isScenario = ({ workload: { name } }: Member): boolean => name === NEVER_STARTS || silent.includes(name);
const real = (): Member[] => fleet.members.filter((member) => !member.mutant && !isScenario(member));
const broken = (): Member[] => fleet.members.filter(({ mutant }) => mutant !== undefined);

/** Findings of verdicts on what was seen, with the name of the workload before each. */
const say = (seen: readonly Seen[], ...verdicts: Verdict[]): string =>
  seen
    .flatMap(({ member: { workload }, states }) =>
      verdicts.flatMap((verdict) => verdict(workload, states()).map((finding) => `${workload.name}: ${finding}`)),
    )
    .join("\n");

const { version } = packages.get("argo-rollouts")!;
const CONSUMER = { consumer: "argo-rollouts", version, level: "reconciled" } as const;

/**
 * The committed files that the real members stand for: those of every cluster, since they differ in durations alone.
 */
const files = (): string[] =>
  ecosystems.flatMap(({ project, compiled }) =>
    compiled.topology.workloads
      .filter(({ strategy, name }) => strategy.kind !== "rolling" && isCommitted({ name }))
      .flatMap((workload) => filesOf(workload, compiled).map((file) => `${project}${file}`)),
  );

/** What was seen of the mutants, by the release that shows them. */
const shown = new Map<Shows, readonly Seen[]>();

/** What was seen of those to which nobody sends a request, released together with the good ones. */
let quiet: readonly Seen[];

/**
 * At rest with its newest version: the Services and routes follow the status within moments, and the analysis beside
 * the steps ends.
 */
const isHealthy = ({ phase, newest, stable, main, weights, mirrors, runs }: State): boolean =>
  phase === "Healthy" &&
  newest === stable &&
  main === newest &&
  mirrors.length === 0 &&
  weights.every((weight) => weight === 0) &&
  !runs.some((run) => run.endsWith(" Running"));

/** At rest with the version before. */
const isBack = ({ aborted, phase, main, weights, mirrors }: State, before: State): boolean =>
  aborted &&
  phase === "Degraded" &&
  main === before.main &&
  mirrors.length === 0 &&
  weights.every((weight) => weight === 0);

/**
 * Waits until what was released has come to an end of some kind, or the time is over; the verdict is on what was seen.
 */
async function settle(seen: readonly Seen[], isOver: (state: State, before: State) => boolean): Promise<void> {
  const from = new Map(seen.map(({ member, states }) => [member.workload, states()[0]!]));
  await fleet.observer.settle(
    seen.map(({ member }) => member.workload),
    PATIENCE,
    (workload, state) => state.newest !== from.get(workload)!.newest && isOver(state, from.get(workload)!),
  );
}

/** Up to now, whatever comes later. */
const frozen = (seen: readonly Seen[]): Seen[] =>
  seen.map(({ member, states }) => {
    const until = states();
    return { member, states: () => until };
  });

const of = (seen: readonly Seen[], members: readonly Member[]): Seen[] =>
  seen.filter(({ member }) => members.includes(member));

test("beside scenarios and mutants everything is the committed output, on every cluster", async () => {
  ecosystems = await compileFleet();
  for (const { project, compiled } of ecosystems) {
    const committed = (file: string): string => readFileSync(join(PACKAGE_ROOT, project, file), "utf8");
    for (const workload of compiled.topology.workloads.filter(isCommitted))
      for (const file of filesOf(workload, compiled)) assert.is(compiled.files.get(file)!, committed(file), file);
  }
});

/** Written for the repository, and not only here. */
const isCommitted = ({ name }: { name: string }): boolean =>
  !mutants.some((mutant) => mutant.name === name) && ![NEVER_STARTS, PREVIEWED, ...silent].includes(name);

test("a first release has all pods at once, and none outside of the Rollout", async () => {
  fleet = await Fleet.start(ecosystems);
  const seen = await fleet.release(fleet.members, 1);
  const wanted = fleet.members.filter(({ mutant, workload }) => !mutant && workload.name !== NEVER_STARTS);
  await fleet.observer.settle(
    wanted.map(({ workload }) => workload),
    PATIENCE,
    (workload, state) => isHealthy(state) && (state.ready[state.newest] ?? 0) >= workload.scaling.min,
  );
  shown.set("first", frozen(of(seen, broken())));
  assert.is(say(of(seen, wanted), started), "");
  record(
    {
      ...CONSUMER,
      judged:
        "first releases: all pods at once, none outside of the Rollout; autoscalers without metrics hold their minimum",
      count: wanted.length,
    },
    files(),
  );
});

test("a first release that never runs leaves no pod outside of the Rollout, and says so", async () => {
  const { workload } = fleet.member(NEVER_STARTS);
  await fleet.observer.settle([workload], PATIENCE, (_, { phase }) => phase === "Degraded");
  assert.equal(stuck(workload, fleet.observer.since(workload)), []);
  record({
    ...CONSUMER,
    judged: "a first release whose pods find no node: no pod outside of the Rollout, Degraded after its deadline",
    count: 1,
  });
});

test("a good release walks the config's steps to Healthy; blue/green switches once its analysis has passed; copies flow before live requests", async () => {
  const seen = await fleet.release([...real(), ...broken()], 2);
  quiet = await fleet.release(
    silent.map((name) => fleet.member(name)),
    2,
  );
  const [frontend, ...others] = [
    of(seen, [fleet.member("frontend")])[0]!,
    ...of(
      seen,
      real().filter(({ workload }) => workload.name !== "frontend"),
    ),
  ];
  await settle([frontend], ({ paused, step }) => step === APPROVAL_STEP && paused.includes("CanaryPauseStep"));
  assert.is(say([frontend], waiting), "", "the strategy of frontend ends with a person's approval");
  promote(frontend.member);
  await settle([frontend, ...others], isHealthy);
  shown.set("good", frozen(of(seen, broken())));
  assert.is(say([frontend, ...others], walked, steady), "");
  record(
    {
      ...CONSUMER,
      judged:
        "good releases, judged by the real Prometheus over counters of a test peer: canaries walk their weights, shadows copy at live weight 0, blue/green switches after its analysis, all to Healthy; replicas stay the autoscaler's",
      count: real().length,
    },
    files(),
  );
});

/** Of examples/online-boutique's storefront strategy: three weights, two pauses and an analysis come before it. */
const APPROVAL_STEP = 6;

function promote({ workload: { name, namespace } }: Member): void {
  const { status, stderr } = spawnSync(
    neededTool("kubectl-argo-rollouts"),
    ["promote", name, "--namespace", namespace, "--kubeconfig", fleet.lab.kubeconfig],
    { encoding: "utf8" },
  );
  assert.is(status, 0, stderr);
}

test("a release that gets too few requests is held, and a person is asked", async () => {
  await settle(
    quiet,
    ({ phase, paused }) => phase === "Degraded" || phase === "Healthy" || paused.includes("InconclusiveAnalysisRun"),
  );
  for (const name of silent) assert.is(say(of(quiet, [fleet.member(name)]), undecided), "");
  record({
    ...CONSUMER,
    judged: "no requests, and too few: held by the gate until its time is over, then paused for a person",
    count: silent.length,
  });
});

test("a release that breaks an SLO is aborted by analysis, and callers are back where they were", async () => {
  const seen = await fleet.release([...real(), ...broken()], 3);
  await settle(of(seen, real()), isBack);
  // What becomes of the other route shows once the one that the Rollout moves is back.
  await settle(of(seen, [fleet.member("m-second-route")]), ({ aborted, weights }) => aborted && weights[0] === 0);
  shown.set("bad", frozen(of(seen, broken())));
  assert.is(say(of(seen, real()), aborted, steady), "");
  record(
    {
      ...CONSUMER,
      judged: "releases that break an SLO: aborted by analysis, weights and Services as before",
      count: real().length,
    },
    files(),
  );
});

let caught = 0;
for (const { name, what, shows, finding } of mutants) {
  test(`caught: ${what}`, () => {
    const verdicts: Record<Shows, Verdict[]> = { first: [started], good: [walked, steady], bad: [aborted] };
    const findings = say(
      shown.get(shows)!.filter(({ member }) => member.workload.name === name),
      ...verdicts[shows],
    );
    assert.ok(finding.test(findings), `found instead: ${findings || "nothing"}`);
    caught++;
  });
}

test("every mutant was caught", () => {
  assert.is(caught, mutants.length);
  record({
    ...CONSUMER,
    judged: "Rollouts, routes, analyses and Deployments broken in one way, each caught",
    count: caught,
  });
});

test.run();
