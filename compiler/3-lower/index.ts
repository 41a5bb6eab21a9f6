import type { ExtraFolder } from "../1-load/index.ts";
import type { Ecosystem } from "../config/model/ecosystem.ts";
import { lowerAddons } from "./addons/index.ts";
import { lowerClouds } from "./clouds.ts";
import { lowerClusters } from "./clusters.ts";
import { lowerEnvironments } from "./environments.ts";
import { lowerExtra } from "./extra.ts";
import { VENDORED_LIBRARY } from "./names.ts";
import * as operations from "./operations.ts";
import { lowerResilience } from "./resilience.ts";
import { TunableReader, type TunablePoint } from "./resolve.ts";
import { lowerServices } from "./services.ts";
import { lowerSlos } from "./strategies.ts";
import { isOn } from "./targets.ts";
import { lowerRunners, lowerTerraformRoots } from "./terraform.ts";
import type { Topology } from "./topology.ts";
import { lowerWorkloads, type Images } from "./workloads.ts";

export type { Images } from "./workloads.ts";
export type { TunablePoint } from "./resolve.ts";

/** What lower works on: validated, so that every reference exists and every unit parses. */
export interface LowerInputs {
  ecosystem: Ecosystem;
  images: Images;
  /** Values of accepted proposals by config path. */
  accepted: ReadonlyMap<string, number | string>;
  /** What the folders of `extra` hold, in their order. Default: nothing is known of them. */
  extra?: readonly ExtraFolder[];
}

/** Ecosystem → Topology: fills every default, resolves every reference, expands services over clusters. */
export function lower({ ecosystem, images, accepted, extra }: LowerInputs, point: TunablePoint = "current"): Topology {
  const tunables = new TunableReader(accepted, point);
  const environments = lowerEnvironments(ecosystem);
  const teams = operations.lowerTeams(ecosystem);
  const secrets = operations.lowerSecrets(ecosystem);
  const clouds = lowerClouds(ecosystem);
  const security = operations.lowerSecurity(ecosystem, clouds);
  const observability = operations.lowerObservability(ecosystem);
  const slos = lowerSlos(ecosystem);
  const resilience = lowerResilience(ecosystem, slos);
  const { services, strategies } = lowerServices(ecosystem, teams, slos, resilience.experiments, tunables);
  const bareClusters = lowerClusters(ecosystem, clouds, environments, tunables);
  const addons = bareClusters.map((cluster) =>
    lowerAddons({
      targets: ecosystem.targets,
      cluster,
      security,
      observability,
      workloads: services
        .filter((service) => service.clusters.includes(cluster.name))
        .map(({ strategy, experiments, kind }) => ({
          strategy,
          experiments:
            resilience.enabled && resilience.environments.includes(cluster.environment.name) ? experiments : [],
          meshed: security.mesh.enabled && kind === "service",
        })),
    }),
  );
  const clusters = bareClusters.map((cluster, index) => ({ ...cluster, addons: addons[index]! }));
  const workloads = lowerWorkloads({
    ecosystem,
    images,
    clusters,
    services,
    resilience,
    security,
    observability,
    tunables,
  });
  const runners = lowerRunners(ecosystem, clouds, secrets);
  const { repository } = ecosystem;
  const folder = (name: string) => (ecosystem.library === "in-repo" ? name : `${VENDORED_LIBRARY}/${name}`);
  return {
    source: "",
    name: ecosystem.name,
    repository: {
      source: "repository",
      url: repository.url,
      revision: repository.revision ?? "main",
      path: repository.path ?? ".",
    },
    library: {
      vendored: ecosystem.library !== "in-repo",
      modules: folder("terraform-modules"),
      charts: folder("helm-library"),
      policies: folder("policies"),
    },
    environments,
    teams,
    clouds,
    clusters,
    management: clusters.find(({ management }) => management)!,
    runners,
    terraformRoots: isOn(ecosystem, "terraform") ? lowerTerraformRoots(clouds, clusters, runners, environments) : [],
    secrets,
    slos,
    strategies,
    resilience,
    security,
    observability,
    services,
    workloads,
    budgets: operations.lowerBudgets(ecosystem),
    optimization: operations.lowerOptimization(ecosystem),
    continuity: operations.lowerContinuity(ecosystem),
    aiops: operations.lowerAiops(ecosystem),
    delivery: operations.lowerDelivery(ecosystem),
    patches: operations.lowerPatches(ecosystem),
    extra: lowerExtra(ecosystem, extra),
    tunables: tunables.tunables,
  };
}
