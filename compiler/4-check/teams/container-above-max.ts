import { bytes, cores, type Bytes, type Cpu } from "../../config/units.ts";
import type { Finding } from "../../diagnostics/diagnostic.ts";
import { addonsOn } from "../../facts/addons.ts";
import { fieldAt } from "../../facts/differences.ts";
import type { Limits } from "../../topology/teams.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import { defineCheck } from "../check.ts";

export default defineCheck({
  id: "teams/container-above-max",
  severity: "error",
  risk: true,
  summary: "No container of a team may use more than the team's `limits.max`",
  why: "Kubernetes refuses each pod with such a container: the service never starts.",
  atBounds: true,

  *run(topology) {
    for (const workload of topology.workloads) {
      const { limits } = workload.team.on[workload.cluster.name]!;
      if (limits === undefined) continue;
      for (const container of containersOf(topology, workload, limits)) yield* above(container, workload, limits);
    }
  },
});

/** What a container may use, and where that is written. */
interface Container {
  title: string;
  cpu?: string;
  memory?: string;
  at: { cpu: string; memory: string };
}

function containersOf(topology: Topology, workload: Workload, { written }: Limits): Container[] {
  const { name, resources, containers, meshed, cluster } = workload;
  const { cpu, cpuLimit, memory } = resources;
  const isTwice = cores(cpuLimit) === 2 * cores(cpu); // as where only `cpu` is written
  return [
    {
      title: name,
      cpu: cpuLimit,
      memory,
      at: {
        cpu: fieldAt(workload, "resources", isTwice ? "cpu" : "cpuLimit"),
        memory: fieldAt(workload, "resources", "memory"),
      },
    },
    ...containers.map(({ name: container, source, resources }) => ({
      title: `${container} of ${name}`,
      cpu: resources.cpuLimit,
      memory: resources.memory,
      at: { cpu: `${source}.resources.cpu`, memory: `${source}.resources.memory` },
    })),
    ...(meshed ? addonsOn(topology, cluster) : []).flatMap(({ name: addon, injects }) =>
      injects?.limits === undefined
        ? []
        : [{ title: `what ${addon} adds to ${name}`, ...injects.limits, at: written.max }],
    ),
  ];
}

function* above(container: Container, { team, cluster }: Workload, { max, written }: Limits): Iterable<Finding> {
  for (const field of ["cpu", "memory"] as const) {
    const [used, most] = [container[field], max[field]];
    if (used === undefined || most === undefined || !isAbove(measure[field], used, most)) continue;
    const at = container.at[field];
    yield {
      at,
      message: `${container.title} may use ${show[field](used)} on ${cluster.name}, and a container of ${team.name} may use ${show[field](most)}`,
      idea: `a container may use ${show[field](used)}, and those of its team ${show[field](most)}`,
      hint: at === written.max[field] ? "raise it" : "lower it, or raise the team's limit",
      ...(at === written.max[field] ? {} : { related: [{ at: written.max[field], message: "the team's limit" }] }),
    };
  }
}

/** Not where a target of another package injects what is written in no unit of ours. */
const isAbove = (measure: (text: string) => number, used: string, most: string): boolean =>
  measure(used) > measure(most);

const measure = {
  cpu: (text: string) => cores(text as Cpu),
  memory: (text: string) => bytes(text as Bytes),
};
const show = {
  cpu: (text: string) => `${measure.cpu(text)} cores`,
  memory: (text: string) => `${text} of memory`,
};
