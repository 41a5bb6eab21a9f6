import { families, type Family } from "../config/names.ts";
import { LABEL_MAX } from "../facts/names.ts";
import type { CloudKind } from "../config/model/clouds.ts";
import type { Cluster } from "../topology/clusters.ts";
import type { Topology } from "../topology/index.ts";
import type { Workload } from "../topology/workloads.ts";
import { onePerForm } from "../facts/placement.ts";

/**
 * A name that somebody chose, the key at `at`, what it becomes, and what that takes. Names that are values have their
 * form in the types.
 */
export interface DeclaredName {
  name: string;
  at: string;
  /** What has it, as a message says it. */
  title: string;
  syntax: Syntax;
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

/**
 * A StatefulSet's pods carry `<name>-<hash of ten>` as a label, a CronJob's jobs `<name>-<minute of ten>`:
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
const SERVICE_MAX: Record<Workload["kind"], number> = { service: LABEL_MAX, job: 52, stateful: 52 };
/**
 * GKE: https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters; EKS:
 * API_CreateCluster; AKS: resource-name-rules
 */
const CLUSTER_MAX: Record<CloudKind, number> = { gcp: 40, aws: 100, azure: 63 };
const POOL_MAX: Record<CloudKind, number> = { gcp: 40, aws: 63, azure: 12 };
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
  for (const cluster of clusters) yield* clusterNames(cluster);
  yield* named(runners, "runner", NAME);
  yield* named(secrets, "secret");
  yield* named(externals, "external");
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
  for (const { ports } of onePerForm(topology)) {
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
  yield { name, at: source, title: titleOf("cluster", name), syntax: NAME, max: CLUSTER_MAX[cloudKind] };
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

const titleOf = (family: Family, name: string): string => `${families[family].title} ${name}`;

/** A strategy that is written inside a service has its service's name. */
const isDeclared = ({ source }: { source: string }): boolean => source.startsWith("rollouts");
