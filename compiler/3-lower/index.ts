import type { LowerInputs } from "../2-validate/validated.ts";
import { lowerClouds } from "./clouds.ts";
import { lowerClusters } from "./clusters.ts";
import { lowerEnvironments } from "./environments.ts";
import { lowerExtra } from "./extra.ts";
import { VENDORED_LIBRARY } from "../facts/names.ts";
import { lowerTeams } from "./teams.ts";
import { lowerExternals } from "./externals.ts";
import { lowerSecrets } from "./secrets.ts";
import { lowerSecurity } from "./security.ts";
import { lowerObservability } from "./observability.ts";
import { lowerBudgets } from "./budgets.ts";
import { lowerOptimization } from "./optimization.ts";
import { lowerContinuity } from "./continuity.ts";
import { lowerAddons } from "./addons.ts";
import { lowerAiops } from "./aiops.ts";
import { Choices, NOTHING_LOCKED } from "../lock/choices.ts";
import { lowerComponentRegistry, lowerDelivery } from "./delivery.ts";
import { lowerPatches } from "./patches.ts";
import { lowerRepository } from "./repository.ts";
import { lowerResilience } from "./resilience.ts";
import { TunableReader, type TunablePoint } from "./resolve.ts";
import { lowerServices } from "./services.ts";
import { lowerSlos, Strategies } from "./strategies.ts";
import { lowerRunners, lowerTerraformRoots } from "./terraform.ts";
import type { Topology } from "../topology/index.ts";
import { lowerWorkloads } from "./workloads.ts";

export type { TunablePoint } from "./resolve.ts";

/**
 * Ecosystem → Topology: fills every default, resolves every reference, expands services over clusters.
 * What targets contribute is added by `contribute`.
 */
export function lower(
  { ecosystem, images, accepted, extra }: LowerInputs,
  point: TunablePoint = "current",
  choices: Choices = new Choices(NOTHING_LOCKED),
): Topology {
  const tunables = new TunableReader(accepted, point);
  const repository = lowerRepository(ecosystem);
  const environments = lowerEnvironments(ecosystem, repository, choices);
  const teams = lowerTeams(ecosystem);
  const secrets = lowerSecrets(ecosystem);
  const externals = lowerExternals(ecosystem);
  const clouds = lowerClouds(ecosystem, choices);
  const security = lowerSecurity(ecosystem, clouds);
  const observability = lowerObservability(ecosystem);
  const slos = lowerSlos(ecosystem);
  const resilience = lowerResilience(ecosystem, slos);
  const services = lowerServices(ecosystem, teams);
  const strategies = new Strategies(ecosystem, slos, tunables);
  const clusters = lowerClusters(ecosystem, clouds, environments, tunables, choices);
  const workloads = lowerWorkloads({
    ecosystem,
    images,
    clusters,
    secrets,
    externals,
    services,
    slos,
    strategies,
    resilience,
    security,
    observability,
    tunables,
  });
  const runners = lowerRunners(ecosystem, clouds, secrets);
  const folder = (name: string) => (ecosystem.library === "in-repo" ? name : `${VENDORED_LIBRARY}/${name}`);
  return {
    source: "",
    name: ecosystem.name,
    repository,
    library: {
      vendored: ecosystem.library !== "in-repo",
      modules: folder("terraform-modules"),
      charts: folder("helm-library"),
      policies: folder("policies"),
    },
    componentRegistry: lowerComponentRegistry(ecosystem, choices),
    environments,
    teams,
    clouds,
    clusters,
    management: clusters.find(({ management }) => management)!,
    runners,
    terraformRoots: lowerTerraformRoots({ ecosystem, clouds, clusters, runners, environments, choices }),
    secrets: secrets.all,
    slos,
    strategies: strategies.all,
    resilience,
    security,
    observability,
    services,
    externals: externals.all,
    workloads,
    declaredAddons: lowerAddons(ecosystem),
    platform: { addons: [], clusterKinds: [], workloadKinds: [] },
    budgets: lowerBudgets(ecosystem),
    optimization: lowerOptimization(ecosystem),
    continuity: lowerContinuity(ecosystem),
    aiops: lowerAiops(ecosystem),
    delivery: lowerDelivery(ecosystem),
    patches: lowerPatches(ecosystem),
    extra: lowerExtra(ecosystem, extra),
    tunables: tunables.tunables,
  };
}
