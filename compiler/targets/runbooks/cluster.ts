import { relative } from "node:path/posix";
import { addonsOn } from "../../facts/addons.ts";
import { addonPath } from "../../facts/names.ts";
import { gatesOf } from "../../facts/release-gates.ts";
import { isMeshFault } from "../../3-lower/resilience.ts";
import type { Addon } from "../../topology/addons.ts";
import type { Cluster } from "../../topology/clusters.ts";
import type { Experiment } from "../../topology/resilience.ts";
import type { Slo, Strategy } from "../../topology/rollouts.ts";
import type { Topology } from "../../topology/index.ts";
import type { Workload } from "../../topology/workloads.ts";
import { access } from "./access.ts";
import { GENERATED } from "./overview.ts";
import { scheduleWords } from "./schedule.ts";

/** What `templates/cluster.hbs` shows: plain data, complete, in the order of the page. */
export function clusterPage(topology: Topology, cluster: Cluster, workloads: readonly Workload[]) {
  const { name, cloud, region, environment, version, path, existing, endpoint } = cluster;
  const addons = addonsOn(topology, cluster);
  const { words, context } = access(topology, cluster);
  const below = (to: string): string => to.slice(path.length + 1); // everything of a cluster lies in its folder
  const progressive = workloads.find(({ strategy }) => strategy.kind !== "rolling");
  const experiments = workloads.flatMap((workload) =>
    workload.experiments
      .filter((experiment) => happens(topology, workload, experiment))
      .map((experiment) => ({ workload, experiment })),
  );
  const argoCd = addons.find((addon) => addon.name === "argo-cd"); // none while that target is off
  return {
    name,
    cloud,
    region: region.name,
    environment: environment.name,
    revision: environment.revision,
    version: existing ? null : version, // whoever owns the cluster chose it
    overview: relative(path, `${GENERATED}/README.md`),
    access: words,
    context,
    flag: `--context=${context}`,
    insideOnly: !existing && !endpoint.public,
    existing,
    argoCd:
      argoCd === undefined
        ? null
        : {
            release: argoCd.name,
            chart: argoCd.chart!.name,
            repository: `--repo=${argoCd.chart!.repository}`,
            version: `--version=${argoCd.chart!.version}`,
            namespace: `--namespace=${argoCd.namespace}`,
            context: `--kube-context=${context}`,
            values: `--values=${argoCd.path}/values.yaml`,
            root: `--filename=${path}/argocd/root.yaml`,
            url: topology.repository.url,
          },
    services: workloads.map((workload) => ({
      name: workload.name,
      page: below(workload.path),
      namespace: workload.namespace,
      how: strategyWords(workload),
      strategy: strategyName(workload),
      slos: workload.slos.map((slo) => slo.name),
    })),
    slos: topology.slos
      .filter((slo) => workloads.some((workload) => workload.slos.some(({ name }) => name === slo.name)))
      .map((slo) => ({ name: slo.name, words: sloWords(slo) })),
    teams: topology.teams
      .filter((team) => workloads.some((workload) => workload.team.name === team.name))
      .map(({ name, contact, namespace }) => ({ name, contact, namespace })),
    experiments: experiments.map(({ workload, experiment }) => ({
      name: experiment.name,
      kind: experiment.kind,
      service: workload.name,
      schedule: experiment.schedule,
      words: scheduleWords(experiment.schedule) ?? "cron, in UTC",
      duration: experiment.duration,
      slos: experiment.abortOn.map((slo) => slo.name),
    })),
    images: ownImages(experiments, below),
    mirrored: cluster.registries.mirrors.length > 0,
    chaosNamespaces: [...new Set(experiments.map(({ workload }) => workload.namespace))]
      .sort()
      .map((namespace) => ({ flag: `--namespace=${namespace}` })),
    chaosOff: !topology.resilience.enabled,
    addons: addons.map((addon) => ({
      name: addon.name,
      page: below(addon.path),
      namespace: addon.namespace,
      chart: chartName(addon),
      version: addon.chart?.version ?? null,
    })),
    rollout: progressive === undefined ? null : { service: progressive.name, namespace: progressive.namespace },
    approvals: workloads.some(({ strategy }) => waitsForApproval(strategy)),
    gates: workloads.some((workload) => gatesOf(workload, topology.observability).length > 0),
    paused: workloads.filter((workload) => workload.pauseSelfHeal).map((workload) => workload.name),
    example: workloads[0] === undefined ? null : workloads[0].source,
    pointer: environment.pointer,
  };
}

/**
 * An experiment that names another region's zone, or a service that does not run here, comes to nothing on this
 * cluster.
 */
function happens({ workloads }: Topology, { cluster }: Workload, experiment: Experiment): boolean {
  switch (experiment.kind) {
    case "zone-outage":
      return (
        experiment.zone.startsWith(cluster.region.name) &&
        /^-?[a-z0-9]$/.test(experiment.zone.slice(cluster.region.name.length))
      );
    case "network-partition":
      return workloads.some((workload) => workload.name === experiment.from && workload.cluster.name === cluster.name);
    default:
      return true;
  }
}

/** Components of our own that experiments need, with the files that name their images. */
function ownImages(
  experiments: readonly { workload: Workload; experiment: Experiment }[],
  below: (to: string) => string,
) {
  const faults = experiments
    .filter(({ workload, experiment }) => isMeshFault(workload, experiment))
    .map(({ workload }) => `${workload.path}/manifests/chaos.yaml`);
  const images = [
    {
      component: "slo-gate",
      files: experiments
        .slice(0, 1)
        .map(({ workload }) => `${addonPath(workload.cluster.name, "slo-gate")}/values.yaml`),
    },
    { component: "http-fault", files: [...new Set(faults)] },
  ];
  return images
    .filter(({ files }) => files.length > 0)
    .map(({ component, files }) => ({
      component,
      dockerfile: `runtime/${component}/Dockerfile`,
      files: files.map(below),
    }));
}

/** How a new version comes in. */
function strategyWords({ kind, schedule, strategy }: Workload): string {
  if (kind === "job")
    return schedule === undefined ? "job" : `job, ${scheduleWords(schedule) ?? `cron ${schedule}, in UTC`}`;
  switch (strategy.kind) {
    case "rolling":
      return kind === "service" ? "rolling" : `${kind}, rolling`;
    case "blue-green":
      return strategy.autoPromote ? "blue/green" : "blue/green, after approval";
    case "canary":
      return `canary, ${stepWords(strategy.steps)}`;
    case "shadow":
      return `shadow, ${strategy.mirror}% copied for ${strategy.duration}${strategy.steps.length === 0 ? "" : `, ${stepWords(strategy.steps)}`}`;
  }
}

const stepWords = (steps: readonly { weight: number; pause?: string }[]): string =>
  steps
    .map(
      ({ weight, pause }) =>
        `${weight}%${pause === "approval" ? " until approved" : pause === undefined ? "" : ` for ${pause}`}`,
    )
    .join(", ");

/** Strategies that a service writes for itself have no name of their own. */
const strategyName = ({ name, strategy }: Workload): string | null => (strategy.name === name ? null : strategy.name);

const waitsForApproval = (strategy: Strategy): boolean =>
  strategy.kind === "blue-green"
    ? !strategy.autoPromote
    : strategy.kind !== "rolling" && strategy.steps.some(({ pause }) => pause === "approval");

function sloWords({ objective, window, metric }: Slo): string {
  const share = `${Number((objective * 100).toFixed(6))}%`;
  switch (metric?.kind) {
    case "success-rate":
      return `${share} of requests succeed, over ${window}`;
    case "latency":
      return `${share} of requests are answered within ${metric.threshold}, over ${window}`;
    case "query":
      return `${share} by counters of its own, over ${window}`;
    case undefined:
      return `${share} over ${window}, not measured`;
  }
}

function chartName({ chart, libraryChart }: Addon): string | null {
  return chart?.name ?? (libraryChart === undefined ? null : `helm-library/${libraryChart}`);
}
