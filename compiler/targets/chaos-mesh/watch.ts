import { SLO_GATE } from "../../facts/names.ts";
import { workloadOn } from "../../facts/placement.ts";
import { applicationSelector, sloSelector, uninjected, workloadSelector } from "../../facts/queries.ts";
import { isMeshFault } from "../../3-lower/resilience.ts";
import type { Experiment } from "../../topology/resilience.ts";
import type { Slo } from "../../topology/rollouts.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";

/** An SLO that must hold before an experiment starts and as long as it runs, as slo-gate knows it. */
export interface Watch {
  /** Whose promise it is; more than the workload itself where the damage shows at its callers. */
  namespace: string;
  service: string;
  /** What slo-gate calls it: the SLO's name, with a suffix where not every request counts. */
  entry: string;
  slo: Slo;
  /** PromQL label matchers of the requests that count. */
  selector: string;
}

/**
 * What an experiment on a workload is watched by. Requests that the mesh fails are no failures of the service: they are
 * left out of its own SLO, and in their place the callers are watched that promise the same, for they are who it
 * happens to.
 */
export function watches(topology: Pick<Topology, "workloads">, workload: Workload, experiment: Experiment): Watch[] {
  const { name, namespace, cluster, calledBy } = workload;
  if (!isMeshFault(workload, experiment))
    return experiment.abortOn.map((slo) => ({
      namespace,
      service: name,
      entry: slo.name,
      slo,
      selector: sloSelector(slo, workload),
    }));
  const callers = calledBy.filter(
    (caller, index) => calledBy.findIndex((other) => other.name === caller.name) === index,
  );
  const promises = (service: string, slo: Slo) =>
    workloadOn(topology, cluster.name, service)!.slos.some((own) => own.name === slo.name);
  return experiment.abortOn.flatMap((slo): Watch[] => [
    {
      namespace,
      service: name,
      entry: `${slo.name}.uninjected`,
      slo,
      // What counts for itself never saw the requests that the mesh failed.
      selector: slo.metric?.kind === "query" ? applicationSelector(workload) : uninjected(workloadSelector(workload)),
    },
    ...callers
      .filter((caller) => promises(caller.name, slo))
      .map((caller) => ({
        namespace: caller.namespace,
        service: caller.name,
        entry: slo.name,
        slo,
        selector: sloSelector(slo, caller),
      })),
  ]);
}

/** Answers 200 while it holds. */
export const watchUrl = ({ namespace, service, entry }: Watch): string =>
  `${SLO_GATE.url}/v1/slo/${namespace}/${service}/${entry}`;
