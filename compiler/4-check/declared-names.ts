import { childPath } from "../diagnostics/config-path.ts";
import { families, type Family } from "../config/names.ts";
import { LABEL_MAX, subnetMax } from "../facts/names.ts";
import type { CloudKind } from "../config/model/clouds.ts";
import type { Cloud } from "../topology/clouds.ts";
import type { Cluster } from "../topology/clusters.ts";
import type { Topology } from "../topology/index.ts";
import type { Runner } from "../topology/runners.ts";
import type { Workload } from "../topology/workloads.ts";
import { onePerForm } from "../facts/placement.ts";

/**
 * A name that somebody chose, where it is written, what it becomes, and what that takes. Names that are values have
 * their form in the types, and stand here where it depends on more than the cloud's kind.
 */
export interface DeclaredName {
  name: string;
  at: string;
  /** It is the value at `at`, not the key. Default: false */
  isValue?: boolean;
  /** What has it, as a message says it. */
  title: string;
  syntax: Syntax;
  /** Fewest characters. Default: 1 */
  min?: number;
  max: number;
}

interface Syntax {
  pattern: RegExp;
  title: string;
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const LABEL: Syntax = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  title: "small letters, digits and -, with a letter or digit at both ends",
};
/** RFC 1035, as Services and cloud resources want it. */
const NAME: Syntax = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  title: "small letters, digits and -, with a letter first and a letter or digit at the end",
};
/** https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec: IANA service names */
const PORT: Syntax = {
  pattern: /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  title: "small letters, digits and single -, with at least one letter",
};
/** https://learn.microsoft.com/azure/aks/create-node-pools#limitations */
const AZURE_POOL: Syntax = {
  pattern: /^[a-z][a-z0-9]*$/,
  title: "small letters and digits, with a letter first: Azure takes no -",
};

/** A release of Helm's: https://github.com/helm/helm/blob/v3.19.2/pkg/chartutil/validate_name.go */
const RELEASE_MAX = 53;
/**
 * A service is a release. A StatefulSet's pods carry `<name>-<hash of ten>` as a label, a CronJob's jobs `<name>-<minute of ten>`:
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
const SERVICE_MAX: Record<Workload["kind"], number> = {
  service: RELEASE_MAX,
  job: 52,
  stateful: 52,
  daemon: RELEASE_MAX,
};
/** Lengths of a name. */
interface Lengths {
  min: number;
  max: number;
}
/**
 * What the modules take, which put words behind a cluster's name: `name` of terraform-modules/gcp/gke/variables.tf and
 * its like.
 */
const CLUSTER: Record<CloudKind, Lengths> = {
  gcp: { min: 2, max: 40 },
  aws: { min: 2, max: 40 },
  azure: { min: 2, max: 50 },
};
/**
 * GKE: https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters; EKS:
 * API_CreateCluster; AKS: resource-name-rules
 */
const EXISTING_CLUSTER_MAX: Record<CloudKind, number> = { gcp: 40, aws: 100, azure: 63 };
/** `node_pools` of the same modules. */
const POOL_MAX: Record<CloudKind, number> = { gcp: 40, aws: 31, azure: 12 };
/** `name` of terraform-modules/gcp/runners/variables.tf, which becomes a service account's id, and its like. */
const RUNNER: Record<CloudKind, Lengths> = {
  gcp: { min: 6, max: 30 },
  aws: { min: 2, max: 40 },
  azure: { min: 2, max: 40 },
};
/** `name` of terraform-modules/gcp/network/variables.tf. */
const GCP_NETWORK: Lengths = { min: 2, max: 30 };
/** IANA service names. */
const PORT_MAX = 15;

/** Every name of the config that becomes the name of something else. */
export function* declaredNames(topology: Topology): Generator<DeclaredName> {
  const {
    environments,
    teams,
    clouds,
    clusters,
    runners,
    secrets,
    services,
    externals,
    declaredAddons,
    resilience,
    slos,
    strategies,
    budgets,
    observability,
  } = topology;
  const named = (all: readonly { name: string; source: string }[], family: Family, syntax = LABEL): DeclaredName[] =>
    all.map(({ name, source }) => ({ name, at: source, title: titleOf(family, name), syntax, max: LABEL_MAX }));
  yield* named(environments, "environment");
  yield* named(teams, "team");
  yield* named(clouds, "cloud", NAME);
  for (const cloud of clouds) yield* networkNames(cloud);
  for (const cluster of clusters) yield* clusterNames(cluster);
  yield* named(runners, "runner", NAME).map((row, index) => ({ ...row, ...runnerLengths(runners[index]!) }));
  yield* named(secrets, "secret");
  yield* named(externals, "external");
  yield* named(declaredAddons, "addon").map((row) => ({ ...row, max: RELEASE_MAX }));
  for (const { name, source, network = {} } of declaredAddons)
    for (const kind of Object.keys(network))
      yield {
        name: kind,
        at: childPath(`${source}.network`, kind),
        title: `a kind of pods of ${titleOf("addon", name)}`,
        syntax: LABEL,
        max: LABEL_MAX,
      };
  yield* named(slos, "slo");
  yield* named(strategies.filter(isDeclared), "rollout");
  yield* named(resilience.experiments, "experiment");
  yield* named(budgets, "budget");
  yield* named(observability.alertRoutes, "alertRoute");
  yield* services.map(({ name, source, kind }) => ({
    name,
    at: source,
    title: titleOf("service", name),
    syntax: NAME,
    max: SERVICE_MAX[kind],
  }));
  for (const { ports, scaling } of onePerForm(topology)) {
    yield* scaling.triggers.map(({ name, source }) => ({
      name,
      at: source,
      title: `trigger ${name}`,
      syntax: LABEL,
      max: LABEL_MAX,
    }));
    yield* ports.map(({ name, source }) => ({
      name,
      at: source,
      title: `port ${name}`,
      syntax: PORT,
      max: PORT_MAX,
    }));
  }
}

function* clusterNames({ name, source, cloudKind, nodePools, existing }: Cluster): Generator<DeclaredName> {
  const lengths = existing ? { max: EXISTING_CLUSTER_MAX[cloudKind] } : CLUSTER[cloudKind];
  yield { name, at: source, title: titleOf("cluster", name), syntax: NAME, ...lengths };
  if (existing) return; // its pools are there already, whatever they are called
  for (const pool of nodePools) {
    yield {
      name: pool.name,
      at: pool.source,
      title: `node pool ${pool.name} on ${cloudKind}`,
      syntax: cloudKind === "azure" ? AZURE_POOL : NAME,
      max: POOL_MAX[cloudKind],
    };
  }
}

/** Machines of a cloud are called by it; pods are not. */
const runnerLengths = (runner: Runner): Partial<Lengths> =>
  runner.kind === "vm" ? RUNNER[runner.region.cloudKind] : {};

/**
 * Networks and subnets that are made. On gcp the network is one and named by the config; elsewhere each region has its
 * own, called by its subnet, whose name is made of the network's where the config says none.
 */
function* networkNames({ kind, network, regions }: Cloud): Generator<DeclaredName> {
  if (network.existing) return;
  const named = { at: `${network.source}.name`, isValue: true, title: `network ${network.name}`, syntax: NAME };
  if (kind === "gcp") {
    yield { ...named, name: network.name, ...GCP_NETWORK };
    return;
  }
  const own = regions.filter(({ subnet }) => subnet.written.name);
  if (own.length < regions.length) yield { ...named, name: network.name, max: LABEL_MAX };
  for (const { subnet } of own)
    yield {
      name: subnet.name,
      at: `${subnet.source}.name`,
      isValue: true,
      title: `subnet ${subnet.name}`,
      syntax: NAME,
      min: 2,
      max: subnetMax(kind),
    };
}

const titleOf = (family: Family, name: string): string => `${families[family].title} ${name}`;

/** A strategy that is written inside a service has its service's name. */
const isDeclared = ({ source }: { source: string }): boolean => source.startsWith("rollouts");
