import { seconds } from "../config/units.ts";
import { onePerForm } from "../facts/placement.ts";
import { gatesOf, type Gate } from "../facts/release-gates.ts";
import type { Slo } from "../topology/rollouts.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";

/** A gate of a workload's releases, wherever the workload is the same. */
export interface WorkloadGate {
  workload: Workload;
  gate: Gate;
  /** Whether it stands before a switch, where nobody calls the new version yet. */
  preview: boolean;
}

const byTopology = new WeakMap<Topology, readonly WorkloadGate[]>();

/** The gates of all workloads, one for each form; each check of them asks. */
export function gatesIn(topology: Topology): readonly WorkloadGate[] {
  let gates = byTopology.get(topology);
  if (gates === undefined) byTopology.set(topology, (gates = gatesOfForms(topology)));
  return gates;
}

const gatesOfForms = (topology: Topology): WorkloadGate[] =>
  onePerForm(topology).flatMap((workload) =>
    gatesOf(workload, topology.observability).map((gate) => ({
      workload,
      gate,
      preview: workload.strategy.kind === "blue-green" && gate.analysis === workload.strategy.prePromotion,
    })),
  );

/** The SLOs of a gate that can be counted, and may be broken and kept: other checks see to the rest. */
export const countable = ({ analysis: { slos, burn } }: Gate): Slo[] =>
  slos.filter(
    ({ metric, objective }) => metric !== undefined && objective > 0 && objective < 1 && canBurn(burn, objective),
  );

/** Whether what speaks against a version grows where all of its requests fail; else nothing does. */
export const canBurn = (burn: number, objective: number): boolean => Math.log(burn) > (burn - 1) * (1 - objective);

/** Seconds after which the votes of a gate can agree: the first is about the time before there were pods. */
export const untilAgreed = ({ promise }: Gate): number => (promise.agree + 1) * promise.vote;

/** Seconds that a gate looks at most. */
export const longest = ({ analysis, phases }: Gate): number =>
  phases.reduce((sum, phase) => sum + phase.seconds, seconds(analysis.hold));

/** Whether a release can be aborted before it is over: gate/scrape says where not. */
export const canAbort = (gate: Gate): boolean => longest(gate) >= untilAgreed(gate);

/** `99.9 %` */
export const percent = (fraction: number): string => `${Number((fraction * 100).toFixed(4))} %`;

/** `20 requests/s`, and `3 requests a minute` of fewer. */
export const rate = (perSecond: number): string =>
  perSecond >= 0.1 ? `${short(perSecond)} requests/s` : `${short(perSecond * 60)} requests a minute`;

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** `1,024`, the same on every machine. */
export const count = (value: number): string => String(Math.floor(value)).replace(/\B(?=(\d{3})+$)/g, ",");

/** `25 minutes`, rounded up. */
export const minutes = (value: number): string =>
  `${Math.ceil(value)} ${Math.ceil(value) === 1 ? "minute" : "minutes"}`;

/** As the config writes the rate of something that happens so often a second: rounded up to two digits. */
export function asRate(perSecond: number): string {
  const factor = 10 ** (1 - Math.floor(Math.log10(perSecond)));
  return `${Number((Math.ceil(perSecond * factor) / factor).toPrecision(2))}/s`;
}
