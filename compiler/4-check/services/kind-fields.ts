import type { Workload } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";
import { onePerForm } from "../../facts/placement.ts";
import { fieldAt } from "../../facts/differences.ts";

export default defineCheck({
  id: "services/kind-fields",
  severity: "error",
  summary: "Fields of one kind of service stand on that kind alone",
  why: "Volumes on a service without state, a schedule on something that runs for ever or ports on a job would be ignored: what they were meant to say would silently not happen.",

  *run(topology) {
    for (const workload of onePerForm(topology)) {
      for (const { field, given, kinds, hint, daemon } of FIELDS) {
        if (!given(workload) || kinds.includes(workload.kind)) continue;
        yield {
          at: fieldAt(workload, field),
          message: `${workload.name} is ${title[workload.kind]} and has \`${field}\``,
          idea: `${title[workload.kind]} has \`${field}\``,
          hint: workload.kind === "daemon" && daemon !== undefined ? daemon : hint,
        };
      }
    }
  },
});

const title: Record<Workload["kind"], string> = {
  service: 'of kind "service"',
  job: "a job",
  stateful: "stateful",
  daemon: "a daemon",
};

const FIELDS: readonly {
  field: string;
  given: (workload: Workload) => boolean;
  kinds: readonly Workload["kind"][];
  hint: string;
  /** What is said of a daemon instead. */
  daemon?: string;
}[] = [
  {
    field: "storage",
    given: ({ storage }) => storage.length > 0,
    kinds: ["stateful"],
    hint: 'make it kind: "stateful", or use `writable` for folders that start empty',
  },
  {
    field: "schedule",
    given: ({ schedule }) => schedule !== undefined,
    kinds: ["job"],
    hint: 'make it kind: "job", or take the schedule out',
  },
  {
    field: "runs",
    given: ({ runs }) => runs !== undefined,
    kinds: ["job"],
    hint: 'make it kind: "job", or take it out: nothing else has runs',
  },
  {
    field: "everyNode",
    given: ({ pods }) => pods.everyNode,
    kinds: ["daemon"],
    hint: 'make it kind: "daemon", or name the `pool` that its pods run on',
  },
  {
    field: "scaling",
    given: ({ scaling }) => scaling.written.length > 0,
    kinds: ["service", "stateful"],
    hint: "a run of a job is one pod: take it out",
    daemon: "a daemon has one pod on each node: take it out, and say which nodes with `pool` or `everyNode`",
  },
  {
    field: "drain",
    given: ({ pods }) => pods.drain !== undefined,
    kinds: ["service", "stateful", "daemon"],
    hint: "no requests are on their way to a job: take it out",
  },
  {
    field: "spread",
    given: ({ pods }) => pods.spread !== undefined,
    kinds: ["service", "stateful"],
    hint: "a run has one pod at a time: take it out",
    daemon: "a daemon has one pod on each node, wherever that is: take it out",
  },
  {
    field: "minReady",
    given: ({ pods }) => pods.minReady !== undefined,
    kinds: ["service", "stateful", "daemon"],
    hint: "a job has no rollout: take it out",
  },
  {
    field: "progressDeadline",
    given: ({ pods }) => pods.progressDeadline !== undefined,
    kinds: ["service"],
    hint: "only the rollout of a service fails when it gets nowhere: take it out, or set `runs.deadline` of a job",
  },
  {
    field: "exposure",
    given: ({ exposure }) => exposure !== undefined,
    kinds: ["service", "stateful"],
    hint: "nothing waits for requests in a job: take the exposure out",
    daemon: 'a daemon answers on its own node, where the gateway need not be: take it out, or make it kind: "service"',
  },
  {
    field: "ports",
    given: ({ ports, telemetry }) => ports.some(({ name }) => name !== telemetry.metrics?.port),
    kinds: ["service", "stateful", "daemon"],
    hint: "a job has no Service that its ports could belong to: take them out, but for the one that `telemetry.metrics` names",
  },
];
