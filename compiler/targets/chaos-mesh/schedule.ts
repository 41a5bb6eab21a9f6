import type { KubernetesObject } from "../../5-emit/artifact.ts";
import { kubernetesObject } from "../../5-emit/kubernetes.ts";
import { seconds } from "../../config/units.ts";
import { experimentName } from "../../facts/names.ts";
import type { Experiment } from "../../topology/resilience.ts";
import type { Workload } from "../../topology/workloads.ts";
import type { FaultTemplates, Template } from "./faults.ts";
import { watchUrl, type Watch } from "./watch.ts";

/** Seconds between two looks at an SLO. The first one comes after this time as well. */
export const LOOK = 5;
/** Good looks that an experiment needs before it starts. */
const GOOD_LOOKS = 2;
/** Bad looks in a row that end it. */
const BAD_LOOKS = 2;
/** Seconds in which all good looks must have come. */
const GATE = 30;
/** Seconds that an abort has to arrive in before the fault starts. */
const SETTLE = 10;
/** Seconds beyond the faults' own end after which everything ends, whatever state it is in. */
const MARGIN = 30;
/**
 * Seconds that a run may come late: after an outage of the controller it is left out, not made up for in the middle of
 * something.
 */
export const LATEST_START = 300;

/** An experiment may last this long with all that stands around its fault. */
export const longest = (duration: number, gates: number): number => gates * GATE + SETTLE + duration + 2 * MARGIN;

/**
 * One experiment on one workload: a Schedule of Workflows.
 *
 *     experiment (serial): a gate for each SLO, settle, run
 *     run (parallel):      the fault, a watch for each SLO
 *
 * What the reconcilers do decides the shape (pkg/workflow/controllers of github.com/chaos-mesh/chaos-mesh):
 * - A gate that fails ends and asks for the abort in one step. The abort reaches the other templates moments later, and
 *   meanwhile the next one
 *   begins: `settle` is what begins then, and not the fault.
 * - A gate has no deadline, since a template past its deadline has ended like a good one. The duration of its check
 *   fails it instead.
 * - A watch that has ended does not end the fault; the abort does, or the deadline that each fault has. A fault may
 *   have no duration of its own then.
 * - An abort is written into the Workflow's annotations. See workflow-annotations.ts for what that takes.
 */
export function schedule(
  workload: Workload,
  experiment: Experiment,
  watched: readonly Watch[],
  { start, templates }: FaultTemplates,
): KubernetesObject {
  const { name, namespace, labels } = workload;
  const duration = seconds(experiment.duration);
  const gates = watched.map((watch) => gate(watch));
  const watchers = watched.map((watch) => watcher(watch, duration));
  const workflow: Template[] = [
    {
      name: "experiment",
      templateType: "Serial",
      deadline: text(longest(duration, gates.length)),
      children: [...gates.map(({ name }) => name), "settle", "run"],
    },
    ...gates,
    { name: "settle", templateType: "Suspend", deadline: text(SETTLE) },
    {
      name: "run",
      templateType: "Parallel",
      deadline: text(duration + MARGIN),
      children: [...start, ...watchers.map(({ name }) => name)],
    },
    ...templates,
    ...watchers,
  ];
  return kubernetesObject(
    {
      apiVersion: "chaos-mesh.org/v1alpha1",
      kind: "Schedule",
      name: experimentName(name, experiment.name),
      namespace,
      labels,
      source: experiment.source,
    },
    {
      spec: {
        schedule: experiment.schedule,
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: LATEST_START,
        historyLimit: 3,
        type: "Workflow",
        workflow: { entry: "experiment", templates: workflow },
      },
    },
  );
}

const gate = (watch: Watch): Template =>
  statusCheck("gate", watch, {
    mode: "Synchronous",
    duration: text(GATE),
    failureThreshold: 1,
    successThreshold: GOOD_LOOKS,
  });

const watcher = (watch: Watch, duration: number): Template => ({
  ...statusCheck("watch", watch, {
    mode: "Continuous",
    duration: text(duration),
    failureThreshold: BAD_LOOKS,
    successThreshold: 1,
  }),
  deadline: text(duration + MARGIN),
});

/** https://chaos-mesh.org/docs/status-check-in-workflow/ */
const statusCheck = (use: string, watch: Watch, how: object): Template => ({
  name: `${use}-${watch.entry}`,
  templateType: "StatusCheck",
  abortWithStatusCheck: true,
  statusCheck: {
    type: "HTTP",
    ...how,
    intervalSeconds: LOOK,
    timeoutSeconds: LOOK,
    http: { url: watchUrl(watch), method: "GET", criteria: { statusCode: "200" } },
  },
});

const text = (time: number): string => `${Math.ceil(time)}s`;
