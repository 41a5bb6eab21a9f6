import type { Artifact } from "../../5-emit/artifact.ts";
import { kubernetesFile } from "../../5-emit/kubernetes.ts";
import { addonsOn } from "../../facts/addons.ts";
import { SLO_GATE } from "../../facts/names.ts";
import { isMeshFault } from "../../3-lower/resilience.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Experiment } from "../../topology/resilience.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import type { Target } from "../../5-emit/target.ts";
import { checks } from "./checks/index.ts";
import { contribution } from "./contribution.ts";
import { dnsNetwork } from "./dns-fault.ts";
import { faultTemplates } from "./faults.ts";
import { faultSelector, meshFault } from "./mesh-fault.ts";
import { imageReference } from "./images.ts";
import type { ChaosMeshOptions } from "./options.ts";
import { schedule } from "./schedule.ts";
import { sloGateValues } from "./slo-gate.ts";
import { watches } from "./watch.ts";
import { workflowAnnotations } from "./workflow-annotations.ts";

/** One schedule per workload and released experiment, and slo-gate, which ends it when an SLO breaks. */
export default {
  name: "chaos-mesh",
  summary:
    "Experiments: Chaos Mesh schedules, HTTP faults of the mesh, and slo-gate, which ends them when an SLO breaks",
  provides: ["faults"],
  resolve: (options) => options as ChaosMeshOptions,
  checks,
  contribute: contribution,
  emit: (topology, options) => topology.clusters.flatMap((cluster) => clusterFiles(topology, cluster, options)),
} satisfies Target<ChaosMeshOptions>;

function clusterFiles(topology: Topology, cluster: Cluster, options: ChaosMeshOptions): Artifact[] {
  const workloads = topology.workloads.filter(
    (workload) => workload.cluster.name === cluster.name && workload.experiments.length > 0,
  );
  return [
    ...workloads.flatMap((workload) => workloadFiles(topology, workload, options)),
    ...platformFiles(topology, cluster, workloads, options),
  ];
}

function workloadFiles(topology: Topology, workload: Workload, options: ChaosMeshOptions): Artifact[] {
  const objects = workload.experiments.flatMap((experiment) => objectsOf(topology, workload, experiment, options));
  // Also without objects, as where every zone is another region's: it says so.
  return [kubernetesFile(`${workload.path}/manifests/chaos.yaml`, objects, workload.experiments[0]!.source)];
}

function objectsOf(topology: Topology, workload: Workload, experiment: Experiment, options: ChaosMeshOptions) {
  const watched = watches(topology, workload, experiment);
  if (isMeshFault(workload, experiment))
    return meshFault(
      workload,
      experiment,
      watched,
      imageReference(topology, { name: "http-fault", cluster: workload.cluster }, options.httpFault),
    );
  const templates = faultTemplates(topology, workload, experiment);
  if (templates === undefined) return [];
  return [
    schedule(workload, experiment, watched, templates),
    ...(experiment.kind === "dns-fault" ? [dnsNetwork(workload, experiment)] : []),
  ];
}

/** slo-gate with what this cluster's experiments watch. A cluster without experiments has no such add-on. */
function platformFiles(
  topology: Topology,
  cluster: Cluster,
  workloads: readonly Workload[],
  options: ChaosMeshOptions,
): Artifact[] {
  const addon = addonsOn(topology, cluster).find(({ name }) => name === SLO_GATE.name);
  if (addon === undefined) return [];
  const watched = workloads.flatMap((workload) =>
    workload.experiments.flatMap((experiment) => watches(topology, workload, experiment)),
  );
  const askers = workloads.flatMap((workload) =>
    workload.experiments
      .filter((experiment) => isMeshFault(workload, experiment))
      .map((experiment) => ({ namespace: workload.namespace, selector: faultSelector(workload, experiment) })),
  );
  return [
    sloGateValues(topology, { addon, cluster }, watched, askers, options),
    kubernetesFile(
      `${addon.path}/manifests/workflow-annotations.yaml`,
      [workflowAnnotations(topology)],
      topology.resilience.source,
    ),
  ];
}
