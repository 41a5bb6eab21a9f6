import { seconds, type Duration } from "../../config/units.ts";
import { hasRequests } from "../../facts/ports.ts";
import type { Experiment } from "../../topology/resilience.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";

/** Templates of a workflow that do one experiment's harm, without those that watch it. */
export interface FaultTemplates {
  /** Names of the templates that run beside the watch. */
  start: readonly string[];
  templates: readonly Template[];
}

export interface Template {
  name: string;
  templateType: string;
  deadline?: string;
  [field: string]: unknown;
}

/**
 * The harm of an experiment, in templates that end by themselves: Chaos Mesh takes a fault back when its template's
 * deadline is over. None where it cannot happen on this cluster: its zone is another region's, or the peer that it cuts
 * off does not run here.
 */
export function faultTemplates(
  topology: Pick<Topology, "workloads">,
  workload: Workload,
  experiment: Experiment,
): FaultTemplates | undefined {
  const deadline = goDuration(experiment.duration);
  const one = (templateType: string, field: string, spec: object): FaultTemplates => ({
    start: ["fault"],
    templates: [{ name: "fault", templateType, deadline, [field]: spec }],
  });
  const network = (spec: object) => one("NetworkChaos", "networkChaos", spec);
  const stress = (stressors: object) =>
    one("StressChaos", "stressChaos", { ...share(workload, experiment), containerNames: [workload.name], stressors });

  switch (experiment.kind) {
    case "pod-kill": {
      const kill = {
        name: "kill",
        templateType: "PodChaos",
        deadline: goDuration(experiment.every),
        podChaos: { action: "pod-kill", ...share(workload, experiment) },
      };
      // A killed pod cannot be killed again, so the fault would end here. Each step kills once and lasts until the
      // next.
      return {
        start: ["fault"],
        templates: [
          {
            name: "fault",
            templateType: "Serial",
            deadline,
            children: Array<string>(killSteps(experiment)).fill("kill"),
          },
          kill,
        ],
      };
    }
    case "network-delay":
      return network({
        action: "delay",
        ...share(workload, experiment),
        direction: "to",
        delay: { latency: goDuration(experiment.latency), jitter: goDuration(experiment.jitter) },
      });
    case "network-loss":
      return network({
        action: "loss",
        ...share(workload, experiment),
        direction: "to",
        loss: { loss: String(experiment.loss) },
      });
    case "network-partition": {
      const peer = topology.workloads.find(
        ({ name, cluster }) => name === experiment.from && cluster.name === workload.cluster.name,
      );
      if (peer === undefined) return undefined;
      return network({
        action: "partition",
        ...share(workload, experiment),
        direction: "both",
        target: { mode: "all", selector: podsOf(peer) },
      });
    }
    case "cpu-stress":
      return stress({ cpu: { workers: experiment.workers, load: Math.round(experiment.load) } });
    case "memory-stress":
      return stress({ memory: { workers: experiment.workers, size: `${experiment.size}B` } }); // MiB and the like
    case "http-fault": {
      const { delay, status } = experiment;
      const harm = {
        ...(delay === undefined ? {} : { delay: goDuration(delay) }),
        ...(status === undefined ? {} : { replace: { code: status } }),
      };
      const ports = workload.ports.filter(hasRequests);
      const templates = ports.map(({ name, targetPort }) => ({
        name: `fault-${name}`,
        templateType: "HTTPChaos",
        deadline,
        httpChaos: { ...share(workload, experiment), target: "Response", port: targetPort, path: "*", ...harm },
      }));
      return templates.length === 0 ? undefined : { start: templates.map(({ name }) => name), templates };
    }
    case "dns-fault":
      return one("DNSChaos", "dnsChaos", {
        action: experiment.answer,
        ...share(workload, experiment),
        containerNames: [workload.name],
        patterns: experiment.patterns,
      });
    case "zone-outage":
      if (!isZoneOf(workload.cluster.region.name, experiment.zone)) return undefined;
      // All that the pods send is lost: to everyone else they are gone, as their zone would be, and no field of theirs
      // is changed that a policy judges.
      return network({
        action: "loss",
        mode: "all",
        selector: { ...podsOf(workload), nodeSelectors: { "topology.kubernetes.io/zone": experiment.zone } },
        direction: "to",
        loss: { loss: "100" },
      });
  }
}

/** How often pods are killed: as often as it fits into the experiment. */
export const killSteps = ({ duration, every }: { duration: Duration; every: Duration }): number =>
  Math.max(1, Math.floor(seconds(duration) / seconds(every)));

/** The workload's pods and no other's: namespace and labels together. */
const podsOf = ({ namespace, selector }: Workload) => ({
  namespaces: [namespace],
  labelSelectors: { ...selector },
  podPhaseSelectors: ["Running"],
});

/** As many of them as the experiment may hit. Chaos Mesh takes whole percents, and rounds the pods up: at least one. */
const share = (workload: Workload, { scope }: Experiment) => ({
  ...(scope === 100 ? { mode: "all" } : { mode: "fixed-percent", value: String(Math.max(1, Math.floor(scope))) }),
  selector: podsOf(workload),
});

/** Zones are called after their region: europe-west1-b, eu-west-3a, westeurope-1. */
const isZoneOf = (region: string, zone: string): boolean =>
  zone.startsWith(region) && /^-?[a-z0-9]$/.test(zone.slice(region.length));

/** Go's durations know no days. */
const goDuration = (duration: Duration): string =>
  duration.endsWith("d") ? `${Number(duration.slice(0, -1)) * 24}h` : duration;
