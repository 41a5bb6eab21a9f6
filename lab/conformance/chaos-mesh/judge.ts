/** What a run of a Schedule should have come to, said as findings where it did not. */
import type { Data, KubernetesObject } from "../../cluster/client.ts";
import type { Experiment, Fault } from "./observe.ts";

/** Seconds that a machine which does other things as well may be late by. */
const SLACK = 30;

/** Of the compiled Workflow, by name. */
export const templatesOf = ({ spec }: Data): Map<string, Data> =>
  new Map(spec.workflow.templates.map((template: Data) => [template.name, template]));

const FAULT = /(Chaos)$/;
const faultTemplates = (schedule: KubernetesObject): Data[] =>
  [...templatesOf(schedule).values()].filter(({ templateType }) => FAULT.test(templateType));

/**
 * All harm that the Workflow does is chosen for pods of the workload, no more of them than said, and for some at least.
 */
export function misses(schedule: Data, { faults }: Experiment, nodes: readonly Data[]): string[] {
  const findings: string[] = [];
  for (const template of faultTemplates(schedule)) {
    const spec: Data = Object.entries(template).find(([field]) => FAULT.test(field))![1];
    const made = faults.filter((fault) => fault.template === template.name);
    if (made.length === 0) findings.push(`${template.name}: no ${template.templateType} was made`);
    for (const fault of made) {
      findings.push(...missesOf(fault, ".", spec, nodes));
      if (spec.target) findings.push(...missesOf(fault, ".Target", spec.target, nodes));
    }
  }
  return findings;
}

function missesOf(
  { kind, chosen, around }: Fault,
  key: string,
  { mode, value, selector }: Data,
  nodes: readonly Data[],
): string[] {
  const own = chosen.filter((each) => each.selector === key).map(({ pod }) => pod);
  const [namespace] = selector.namespaces;
  const zones: Data = selector.nodeSelectors ?? {};
  const inZone = new Set(
    nodes.filter(({ metadata }) => contains(metadata.labels, zones)).map(({ metadata }) => metadata.name),
  );
  const crowds = around.map((pods) =>
    pods
      .filter(
        ({ metadata, spec }) =>
          metadata.namespace === namespace &&
          contains(metadata.labels, selector.labelSelectors) &&
          inZone.has(spec.nodeName),
      )
      .map(({ metadata }) => `${namespace}/${metadata.name}`),
  );
  const candidates = [...new Set(crowds.flat())];
  const count = Math.max(0, ...crowds.map(({ length }) => length));
  const most = mode === "all" ? count : Math.ceil((count * Number(value)) / 100);
  const strangers = own.filter((pod) => !candidates.includes(pod));
  return [
    ...(own.length === 0 ? [`${kind}: ${key} chose no pod`] : []),
    ...(strangers.length > 0 ? [`${kind}: ${key} chose ${strangers.join(", ")}, none of its pods`] : []),
    ...(own.length > most ? [`${kind}: ${key} chose ${own.length} of ${count} pods`] : []),
  ];
}

const contains = (labels: Data, wanted: Data): boolean =>
  Object.entries(wanted).every(([key, value]) => labels?.[key] === value);

/** A run whose gate found the SLO broken, or nothing to judge it by: over at once, without a fault ever. */
export function notStopped({ isOver, isAborted, faults }: Experiment): string[] {
  return [
    ...(isAborted ? [] : ["it was not aborted"]),
    ...(isOver ? [] : ["it is not over"]),
    ...(faults.length === 0 ? [] : [`a fault was made: ${faults.map(({ kind }) => kind).join(", ")}`]),
  ];
}

/** A run whose SLO broke at this time, in seconds since 1970: the fault is taken back soon after. */
export function notAborted({ isOver, isAborted, faults }: Experiment, broke: number): string[] {
  return [
    ...(isAborted ? [] : ["it was not aborted"]),
    ...(isOver ? [] : ["it is not over"]),
    ...faults.flatMap(({ kind, ended }) =>
      ended === undefined
        ? [`${kind} was not taken back`]
        : ended < broke
          ? []
          : late(`${kind} was taken back`, ended - broke, ABORT),
    ),
    ...(faults.length === 0 ? ["there was no fault to take back"] : []),
  ];
}

/** Seconds: two bad looks, five apart, and what a scrape and an abort take. */
const ABORT = 12;

/** A run in whose whole time the SLO held: gate, pause, fault beside its watch, each in its time and none left over. */
export function notInTime(schedule: Data, { isOver, isAborted, faults, nodes }: Experiment): string[] {
  const templates = templatesOf(schedule);
  const starts: number[] = templates
    .get("experiment")!
    .children.map((name: string) =>
      Math.min(...nodes.filter(({ template }) => template === name).map(({ began }) => began)),
    );
  const { deadline, children } = templates.get("fault")!;
  const node = nodes.find(({ template }) => template === "fault");
  const last = Math.max(...faults.map(({ ended }) => ended ?? Infinity));
  return [
    ...(starts.some((start, index) => !Number.isFinite(start) || (index > 0 && start < starts[index - 1]!))
      ? ["its parts did not begin in their order"]
      : []),
    ...(isAborted ? ["it was aborted"] : []),
    ...(isOver ? [] : ["it is not over"]),
    ...(faults.length === 0 ? ["there was no fault"] : []),
    ...(faults.some(({ ended }) => ended === undefined) ? ["a fault is left"] : []),
    ...(node?.deadline === undefined
      ? ["nothing ends the fault"]
      : [
          ...(node.deadline - node.began > seconds(deadline) + 1
            ? [`the fault may last ${node.deadline - node.began} s`]
            : []),
          ...late("the fault was taken back", last - node.deadline, 0),
        ]),
    ...(children ? steps(children.length, faults) : []),
  ];
}

/**
 * Kills: several, as many as fit in, one after the other. A machine that is late leaves some out, since the end does
 * not wait.
 */
function steps(count: number, faults: readonly Fault[]): string[] {
  const inOrder = [...faults].sort((a, b) => a.began - b.began);
  const overlap = inOrder.some(({ began }, index) => index > 0 && (inOrder[index - 1]!.ended ?? Infinity) > began + 1);
  return [
    ...(faults.length > 1 && faults.length <= count ? [] : [`${faults.length} faults of ${count}`]),
    ...(overlap ? ["two faults at a time"] : []),
  ];
}

const late = (what: string, took: number, allowed: number): string[] =>
  took > allowed + SLACK ? [`${what} ${took.toFixed(0)} s later`] : [];

/** Of a duration as Chaos Mesh takes it, in one unit. */
const seconds = (duration: string): number =>
  Number.parseFloat(duration) * ({ s: 1, m: 60, h: 3600 } as Record<string, number>)[duration.at(-1)!]!;
