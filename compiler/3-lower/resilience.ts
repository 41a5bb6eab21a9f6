import type { Ecosystem } from "../config/model/ecosystem.ts";
import type { Experiment as ConfigExperiment } from "../config/model/resilience.ts";
import { percent } from "./strategies.ts";
import { compareNames, entries } from "./resolve.ts";
import type { Experiment, Fault, Resilience } from "../topology/resilience.ts";
import type { Slo } from "../topology/rollouts.ts";
import type { Workload } from "../topology/workloads.ts";

/** Experiments by name, and where they may run. */
export function lowerResilience(ecosystem: Ecosystem, slos: readonly Slo[]): Resilience {
  const { resilience } = ecosystem;
  return {
    source: "resilience",
    enabled: resilience?.enabled ?? true,
    environments: [...(resilience?.environments ?? [])].sort(compareNames),
    experiments: entries<ConfigExperiment>(resilience?.experiments, "resilience.experiments").map(
      ({ name, value, source }): Experiment => ({
        name,
        source,
        schedule: value.schedule,
        duration: value.duration,
        scope: percent(value.scope ?? "34%"),
        abortOn: value.abortOn.map((wanted) => slos.find((slo) => slo.name === wanted)!),
        ...lowerFault(value),
      }),
    ),
  };
}

/** An `http-fault` that the mesh injects; the others are Chaos Mesh's own. */
export type MeshFault = Extract<Experiment, { kind: "http-fault" }>;

export const isMeshFault = ({ meshed }: Pick<Workload, "meshed">, experiment: Experiment): experiment is MeshFault =>
  experiment.kind === "http-fault" && (experiment.by ?? (meshed ? "mesh" : "chaos-mesh")) === "mesh";

function lowerFault(experiment: ConfigExperiment): Fault {
  switch (experiment.kind) {
    case "pod-kill":
      return { kind: "pod-kill", every: experiment.every ?? "1m" };
    case "network-delay":
      return { kind: "network-delay", latency: experiment.latency, jitter: experiment.jitter ?? "0ms" };
    case "network-loss":
      return { kind: "network-loss", loss: percent(experiment.loss) };
    case "network-partition":
      return { kind: "network-partition", from: experiment.from };
    case "cpu-stress":
      return { kind: "cpu-stress", workers: experiment.workers, load: percent(experiment.load ?? "100%") };
    case "memory-stress":
      return { kind: "memory-stress", workers: experiment.workers ?? 1, size: experiment.size };
    case "http-fault": {
      const { requests, delay, status, by } = experiment;
      return {
        kind: "http-fault",
        requests: percent(requests),
        ...(delay === undefined ? {} : { delay }),
        ...(status === undefined ? {} : { status }),
        ...(by === undefined ? {} : { by }),
      };
    }
    case "dns-fault":
      return { kind: "dns-fault", patterns: experiment.patterns, answer: experiment.answer ?? "error" };
    case "zone-outage":
      return { kind: "zone-outage", zone: experiment.zone };
  }
}
